/** Keystone: logins, tokens, projects, users and role grants. */
@NullMarked
package io.vmrestore.openstack.identity;

import org.jspecify.annotations.NullMarked;
