package io.vmrestore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Raw calls and how a genuine cloud of the release Zed answers them: collections that exist, parameters that are
 * checked, bodies that are validated, methods that are answered. Status and keys are those of a genuine cloud; where no
 * answer of one was at hand, the words follow the services' sources.
 */
class GenuineAnswersTest {
    private static final String NETWORK = Tenant.A.frontNetworkId();
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static Simulator simulator;
    private static HttpCaller admin;
    private static HttpCaller member;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorSettings.instant());
        admin = HttpCaller.login(simulator, SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, Tenant.A);
        member = HttpCaller.login(simulator, Tenant.A.owner(), Tenant.A.ownerPassword(), Tenant.A);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        compute 2.79  | /compute/v2.1/os-simple-tenant-usage                | "total_hours"
        compute 2.79  | /compute/v2.1/os-simple-tenant-usage/PROJECT        | "server_usages"
        compute 2.79  | /compute/v2.1/os-aggregates                         | "aggregates":[]
        compute 2.79  | /compute/v2.1/os-quota-sets/PROJECT/defaults        | "cores":
        compute 2.79  | /compute/v2.1/os-quota-class-sets/default           | "quota_class_set"
        compute 2.79  | /compute/v2.1/os-hypervisors                        | "hypervisor_hostname":"simulator-compute"
        compute 2.79  | /compute/v2.1/os-hypervisors/detail                 | "vcpus_used"
        compute 2.79  | /compute/v2.1/os-hypervisors/statistics             | "running_vms"
        compute 2.1   | /compute/v2.1/os-hosts                              | "host_name"
        compute 2.79  | /compute/v2.1/os-migrations                         | "migrations":[]
        compute 2.79  | /compute/v2.1/servers/SERVER/migrations             | "migrations":[]
        compute 2.79  | /compute/v2.1/extensions                            | "extensions"
        compute 2.79  | /compute/v2.1/os-availability-zone/detail           | "nova-compute"
        volume 3.50   | /volume/v3/PROJECT/volumes/summary                  | "total_count"
        volume 3.50   | /volume/v3/PROJECT/scheduler-stats/get_pools        | "pools":[{"name"
        volume 3.50   | /volume/v3/PROJECT/resource_filters                 | "migration_status"
        volume 3.50   | /volume/v3/PROJECT/backups                          | "backups":[]
        volume 3.50   | /volume/v3/PROJECT/backups/detail                   | "backups":[]
        volume 3.50   | /volume/v3/PROJECT/os-quota-sets/PROJECT/defaults   | "per_volume_gigabytes":-1
        volume 3.55   | /volume/v3/PROJECT/volume-transfers/detail          | "transfers":[]
        volume 3.50   | /volume/v3/PROJECT/os-volume-transfer               | "transfers":[]
        volume 3.50   | /volume/v3/PROJECT/qos-specs                        | "qos_specs":[]
        volume 3.50   | /volume/v3/PROJECT/group_types                      | "group_types":[]
        volume 3.50   | /volume/v3/PROJECT/groups/detail                    | "groups":[]
        volume 3.50   | /volume/v3/PROJECT/extensions                       | "extensions":[]
        network 2.0   | /network/v2.0/agents                                | "agents":[]
        network 2.0   | /network/v2.0/trunks                                | "trunks":[]
        network 2.0   | /network/v2.0/routers                               | "routers":[]
        network 2.0   | /network/v2.0/qos/policies                          | "policies":[]
        network 2.0   | /network/v2.0/rbac-policies                         | "rbac_policies":[]
        network 2.0   | /network/v2.0/subnetpools                           | "subnetpools":[]
        network 2.0   | /network/v2.0/availability_zones                    | "availability_zones":[]
        network 2.0   | /network/v2.0/security-group-rules                  | "port_range_min"
        network 2.0   | /network/v2.0/quotas/PROJECT/default                | "security_group_rule":100
        network 2.0   | /network/v2.0/quotas                                | "quotas":[]
        network 2.0   | /network/v2.0/network-ip-availabilities             | "total_ips"
        network 2.0   | /network/v2.0/ports.json                            | "mac_address"
        network 2.0   | /network/v2.0/ports?tags=a&not-tags=b               | "ports":[]
        network 2.0   | /network/v2.0/networks?not-tags-any=b               | "tenant-a-front"
        network 2.0   | /network/v2.0/ports?sort_key=name&sort_dir=desc     | "ports":[{
        identity 3    | /identity/v3/regions                                | "id":"RegionOne"
        identity 3    | /identity/v3/services                               | "type":"volumev3"
        identity 3    | /identity/v3/endpoints?interface=public             | "interface":"public"
        identity 3    | /identity/v3/groups                                 | "groups":[]
        identity 3    | /identity/v3/auth/domains                           | "domains":[]
        identity 3    | /identity/v3/limits                                 | "limits":[]
        identity 3    | /identity/v3/registered_limits                      | "registered_limits":[]
        identity 3    | /identity/v3/role_inferences                        | "implies"
        identity 3    | /identity/v3/credentials                            | "credentials":[]
        """)
    void aCollectionIsThere(String version, String path, String part) throws Exception {
        HttpResponse<String> answer = call(admin, "GET", path, null, version);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains(part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        compute 2.79 | /compute/v2.1/servers/detail?sort_key=nonsense           | 400 | Invalid input for query parameters sort_key. Value: nonsense. 'nonsense' is not one of ['access_ip_v4', 'access_ip_v6', 'auto_disk_config', 'availability_zone'
        compute 2.79 | /compute/v2.1/servers/detail?nonsense=1                  | 400 | 'nonsense' does not match any of the regexes: '^_'
        compute 2.74 | /compute/v2.1/servers/detail?nonsense=1                  | 200 | "servers"
        compute 2.74 | /compute/v2.1/servers?sort_key=memory_mb&sort_dir=asc    | 200 | "servers"
        compute 2.79 | /compute/v2.1/servers?sort_key=display_name&sort_dir=asc | 200 | "servers":[{
        compute 2.79 | /compute/v2.1/flavors?nonsense=1                         | 400 | Additional properties are not allowed ('nonsense' was unexpected)
        compute 2.79 | /compute/v2.1/servers?limit=-1                           | 400 | Invalid input for query parameters limit. Value: -1. '-1' does not match '^[0-9]*$'
        volume 3.50  | /volume/v3/PROJECT/messages/NOBODY                       | 404 | Message NOBODY could not be found.
        volume 3.50  | /volume/v3/PROJECT/attachments/NOBODY                    | 404 | Volume attachment could not be found
        network 2.0  | /network/v2.0/networks/NOBODY/tags                       | 404 | Resource networks NOBODY could not be found.
        compute 2.79 | /compute/v2.1/os-migrations/1                            | 404 | Migration 1 could not be found.
        network 2.0  | /network/v2.0/ports?sort_key=nonsense&sort_dir=asc       | 400 | ['nonsense'] is invalid attribute for sort_keys
        network 2.0  | /network/v2.0/ports?sort_key=name                        | 400 | The number of sort_keys and sort_dirs must be same
        network 2.0  | /network/v2.0/ports?limit=-1                             | 400 | Limit must be an integer 0 or greater and not '-1'
        network 2.0  | /network/v2.0/routers?nonsense=1                         | 400 | ['nonsense'] is invalid attribute for filtering
        network 2.0  | /network/v2.0/routers/NOBODY                             | 404 | RouterNotFound
        network 2.0  | /network/v2.0/security-group-rules/NOBODY                | 404 | SecurityGroupRuleNotFound
        identity 3   | /identity/v3/role_assignments?user.id=nobody&effective   | 404 | Could not find user: nobody.
        identity 3   | /identity/v3/regions/Nowhere                             | 404 | Could not find region: Nowhere.
        volume 3.10  | /volume/v3/PROJECT/groups                                | 404 | The resource could not be found.
        """)
    void aParameterIsChecked(String version, String path, int status, String part) throws Exception {
        HttpResponse<String> answer = call(admin, "GET", path, null, version);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(placed(part));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        /volume/v3/PROJECT/volumes/NOBODY/action | {"os-extend": {"new_size": 3}}                                                  | 404 | Volume NOBODY could not be found.
        /volume/v3/PROJECT/volumes/NOBODY/action | {"os-retype": {"new_type": "x"}}                                                | 404 | Volume NOBODY could not be found.
        /volume/v3/PROJECT/volumes/NOBODY/action | {"nonsense": {}}                                                                | 400 | There is no such action: nonsense
        /compute/v2.1/servers/NOBODY/action      | {"resize": {"flavorRef": "1"}}                                                  | 404 | Instance NOBODY could not be found.
        /network/v2.0/ports                      | {"port": {"network_id": "NETWORK", "security_groups": ["nope"]}}                | 400 | Invalid input for security_groups. Reason: 'nope' is not a valid UUID.
        /network/v2.0/ports                      | {"port": {"network_id": "NETWORK", "qos_policy_id": "NOBODY"}}                  | 404 | "QosPolicyNotFound","message":"QoS policy NOBODY could not be found."
        /network/v2.0/ports                      | {"port": {"network_id": "NETWORK", "port_security_enabled": false, "security_groups": [], "allowed_address_pairs": [{"ip_address": "10.0.0.9"}]}} | 409 | AddressPairAndPortSecurityRequired
        /network/v2.0/ports                      | {"port": {"network_id": "NETWORK", "admin_state_up": "maybe"}}                  | 400 | 'maybe' cannot be converted to boolean.
        /network/v2.0/networks                   | {"network": {"nonsense": 1}}                                                    | 400 | Unrecognized attribute(s) 'nonsense'
        /network/v2.0/networks                   | {"network": {"name": 1}}                                                        | 400 | Invalid input for name. Reason: '1' is not a valid string.
        /network/v2.0/subnets                    | {"subnet": {"network_id": "NETWORK", "ip_version": 4, "cidr": "10.0.0.0/33"}}   | 400 | Invalid input for operation: 10.0.0.0/33 is not in a CIDR format.
        /network/v2.0/subnets                    | {"subnet": {"ip_version": 4, "cidr": "10.0.0.0/24"}}                            | 400 | Failed to parse request. Required attribute 'network_id' not specified
        /network/v2.0/subnets                    | {"subnet": {"network_id": "NETWORK", "ip_version": 4, "cidr": "10.10.0.0/25"}}  | 400 | overlaps with another subnet
        /network/v2.0/security-groups            | {"security_group": {"name": "default"}}                                         | 409 | Default security group already exists.
        /network/v2.0/security-group-rules       | {"security_group_rule": {"security_group_id": "NOBODY", "direction": "ingress"}} | 404 | SecurityGroupNotFound
        /network/v2.0/security-group-rules       | {"security_group_rule": {"security_group_id": "NOBODY", "direction": "up"}}     | 400 | 'up' is not in ['ingress', 'egress'].
        /network/v2.0/trunks                     | {"trunk": {}}                                                                   | 400 | Required attribute 'port_id' not specified
        /compute/v2.1/os-server-groups           | {"server_group": {"name": "x", "policies": ["nonsense"]}}                       | 400 | 'nonsense' is not one of
        /compute/v2.1/os-server-groups           | {"server_group": {"name": "x"}}                                                 | 400 | 'policies' is a required property
        /compute/v2.1/os-keypairs                | {"keypair": {"name": "x", "nonsense": 1}}                                       | 400 | Additional properties are not allowed ('nonsense' was unexpected)
        /compute/v2.1/os-aggregates              | {"aggregate": {"nonsense": 1}}                                                  | 400 | Additional properties are not allowed ('nonsense' was unexpected)
        /identity/v3/auth/tokens                 | {"auth": {"identity": {"methods": ["nonsense"]}}}                               | 400 | Expecting to find nonsense in identity.
        /network/v2.0/floatingips                | {"floatingip": {"nonsense": 1}}                                                 | 400 | Unrecognized attribute(s) 'nonsense'
        /network/v2.0/floatingips                | {"floatingip": {}}                                                              | 400 | Required attribute 'floating_network_id' not specified
        /volume/v3/PROJECT/snapshots             | {"snapshot": {"name": "x"}}                                                     | 400 | 'volume_id' is a required property
        /volume/v3/PROJECT/snapshots             | {"snapshot": {"volume_id": "NOBODY", "nonsense": 1}}                            | 400 | Additional properties are not allowed ('nonsense' was unexpected)
        /compute/v2.1/servers/SERVER/os-volume_attachments | {"volumeAttachment": {}}                                              | 400 | 'volumeId' is a required property
        /compute/v2.1/servers/SERVER/os-volume_attachments | {"volumeAttachment": {"volumeId": "nope"}}                            | 400 | 'nope' is not a 'uuid'
        /identity/v3/projects                    | {"project": {"name": "tenant-b"}}                                               | 409 | Conflict occurred attempting to store project
        /identity/v3/groups                      | {"group": {}}                                                                   | 400 | 'name' is a required property
        """)
    void aBodyIsValidated(String path, String body, int status, String part) throws Exception {
        HttpResponse<String> answer = call(admin, "POST", path, body, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(placed(part));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        OPTIONS | /compute/v2.1/servers          | 200
        OPTIONS | /volume/v3/PROJECT/volumes     | 200
        OPTIONS | /network/v2.0/ports            | 200
        OPTIONS | /network/v2.0/nonsense         | 200
        HEAD    | /network/v2.0/ports            | 405
        PATCH   | /network/v2.0/ports            | 405
        PUT     | /network/v2.0/ports            | 405
        DELETE  | /network/v2.0/networks         | 405
        POST    | /network/v2.0/routers/NOBODY   | 405
        PATCH   | /compute/v2.1/servers          | 404
        HEAD    | /compute/v2.1/servers          | 404
        PATCH   | /volume/v3/PROJECT/volumes     | 404
        HEAD    | /identity/v3/users             | 200
        PUT     | /identity/v3/regions           | 405
        PUT     | /image/v2/images               | 405
        """)
    void aMethodIsAnswered(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = call(admin, method, path, null, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (method.equals("OPTIONS") && !path.endsWith("/ports")) {
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("request-id"));
        }
        if (method.equals("HEAD")) {
            assertThat(answer.headers().firstValue("Content-Type")).isPresent();
        }
    }

    @Test
    void aPortHasWhatExtensionsAdd() throws Exception {
        HttpResponse<String> made = call(admin, "POST", "/network/v2.0/ports", """
            {"port": {"network_id": "NETWORK", "dns_name": "db", "extra_dhcp_opts": [{"opt_name": "mtu", "opt_value": "1400"}]}}\
            """, null);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.body())
                .contains("dns_assignment", "\"dns_name\":\"db\"", "qos_network_policy_id", "resource_request", "1400");
        String port = "/network/v2.0/ports/" + admin.id(made);
        assertThat(admin.get(port).body()).contains("\"dns_name\":\"db\"");
        assertThat(member.get(port).body()).doesNotContain("resource_request", "binding:host_id");
        assertThat(admin.delete(port).statusCode()).isEqualTo(204);
    }

    @Test
    void whatIsKeptIsMadeChangedAndDeleted() throws Exception {
        HttpResponse<String> made =
                call(member, "POST", "/network/v2.0/routers", "{\"router\": {\"name\": \"r\"}}", null);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String router = "/network/v2.0/routers/" + member.id(made);
        assertThat(call(member, "PUT", router, "{\"router\": {\"admin_state_up\": false}}", null)
                        .body())
                .contains("\"admin_state_up\":false", "\"name\":\"r\"", "\"revision_number\":1");
        assertThat(call(member, "PUT", router, "{\"router\": {\"status\": \"DOWN\"}}", null)
                        .statusCode())
                .isEqualTo(400);
        assertThat(member.get("/network/v2.0/routers?name=r&fields=id").body()).doesNotContain("admin_state_up");
        assertThat(HttpCaller.login(simulator, Tenant.B.owner(), Tenant.B.ownerPassword(), Tenant.B)
                        .get(router)
                        .statusCode())
                .isEqualTo(404);
        assertThat(member.delete(router).statusCode()).isEqualTo(204);
        assertThat(member.get(router).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> call(
            HttpCaller caller, String method, String path, @Nullable String body, @Nullable String version)
            throws Exception {
        String target = placed(path);
        @Nullable String sent = body == null ? null : placed(body);
        return version == null || version.startsWith("network") || version.startsWith("identity")
                ? caller.send(method, target, sent)
                : caller.send(method, target, sent, "OpenStack-API-Version", version);
    }

    private static String placed(String text) {
        return text.replace("PROJECT", Tenant.A.projectId())
                .replace("SERVER", Tenant.A.webServerId())
                .replace("NETWORK", NETWORK)
                .replace("NOBODY", NOBODY);
    }
}
