package io.vmrestore.executor.step.createserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.IpStrategy;
import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.executor.attempt.Attempt;
import io.vmrestore.executor.attempt.StepFailure;
import io.vmrestore.executor.idempotency.Mark;
import io.vmrestore.executor.step.RestoreFixture;
import io.vmrestore.openstack.compute.KeyPairs;
import io.vmrestore.simulator.faults.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With which key pair a restored server boots. */
@Timeout(60)
class BootKeyTest {
    private static final String OTHER_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOtherOnlyThereIsNoPrivateKeyForThis00 other";

    private final RestoreFixture restore = new RestoreFixture();
    private SourceServer source;
    private Attempt attempt;
    private KeyPairs keyPairs;
    private String imported;

    @BeforeEach
    void prepare() throws InterruptedException {
        source = restore.webPlan(IpStrategy.NEW_IPS).server();
        attempt = restore.attempt(6, Action.CREATE_SERVER);
        keyPairs = attempt.cloud().keyPairs();
        imported = Mark.of(attempt.address()).keyPairName(String.valueOf(source.keyFingerprint()));
    }

    @AfterEach
    void close() {
        restore.close();
    }

    @Test
    void the_owners_key_is_imported_for_the_job() {
        assertThat(BootKey.of(source, attempt)).isEqualTo(imported);

        assertThat(keyPairs.named(imported).fingerprint()).isEqualTo(source.keyFingerprint());
        assertThat(RestoreFixture.only(attempt, ResourceType.KEY_PAIR)).isEqualTo(imported);
    }

    @Test
    void importing_again_finds_the_import() {
        String first = BootKey.of(source, attempt);

        assertThat(BootKey.of(source, attempt)).isEqualTo(first);
    }

    @Test
    void an_import_whose_answer_was_lost_is_found() {
        restore.simulator.faults().once("^POST .*/os-keypairs$", new Fault.LoseAnswer());

        assertThat(BootKey.of(source, attempt)).isEqualTo(imported);
        assertThat(restore.keyImported()).isTrue();
    }

    @Test
    void a_key_of_the_acting_user_is_used_as_it_is() {
        keyPairs.importKey(RestoreFixture.TENANT.keyName(), String.valueOf(source.publicKey()), "ssh");

        assertThat(BootKey.of(source, attempt)).isEqualTo(RestoreFixture.TENANT.keyName());
        assertThat(attempt.resources()).isEmpty();
    }

    @Test
    void another_key_of_that_name_is_not_used() {
        keyPairs.importKey(RestoreFixture.TENANT.keyName(), OTHER_KEY, "ssh");

        assertThat(BootKey.of(source, attempt)).isEqualTo(imported);
    }

    @Test
    void another_key_under_the_imports_name_fails_the_step() {
        keyPairs.importKey(imported, OTHER_KEY, "ssh");

        assertThat(catchThrowableOfType(StepFailure.class, () -> BootKey.of(source, attempt)))
                .hasMessage("Key pair " + imported + " exists with another key; delete it and restore again");
    }

    @Test
    void without_a_key_the_server_boots_without() {
        assertThat(BootKey.of(with(null, null), attempt)).isNull();
        assertThat(attempt.detail()).doesNotContainKey("key_pair");

        assertThat(BootKey.of(with("gone-key", null), attempt)).isNull();
        assertThat(attempt.detail())
                .containsEntry("key_pair", "Key pair gone-key is gone; the server boots without a key");
    }

    @Test
    void removing_is_repeatable() {
        BootKey.of(source, attempt);

        BootKey.remove(source.keyFingerprint(), attempt);
        assertThat(restore.keyImported()).isFalse();
        BootKey.remove(source.keyFingerprint(), attempt);
    }

    private SourceServer with(@Nullable String keyName, @Nullable String publicKey) {
        return new SourceServer(
                source.id(),
                source.name(),
                source.status(),
                source.projectId(),
                source.userId(),
                source.flavor(),
                source.availabilityZone(),
                keyName,
                null,
                publicKey,
                source.metadata(),
                source.tags(),
                source.description(),
                source.configDrive(),
                source.serverGroupId(),
                source.securityGroups(),
                source.bootVolume(),
                source.attachments());
    }
}
