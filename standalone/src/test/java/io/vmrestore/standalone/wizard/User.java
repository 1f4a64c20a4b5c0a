package io.vmrestore.standalone.wizard;

import io.vmrestore.simulator.sample.SampleCloud;

/** Somebody of the simulated cloud, by the role that they have here. */
enum User {
    VIEWER("reader@company.com", SampleCloud.ROLE_USER_PASSWORD),
    OPERATOR("member@company.com", SampleCloud.ROLE_USER_PASSWORD),
    ADMIN("manager@company.com", SampleCloud.ROLE_USER_PASSWORD),
    SUPERADMIN(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD);

    private final String username;
    private final String password;

    User(String username, String password) {
        this.username = username;
        this.password = password;
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }
}
