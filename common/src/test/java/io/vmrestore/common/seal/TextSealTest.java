package io.vmrestore.common.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.contract.Sealed;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextSealTest {
    private static final UUID JOB = new UUID(0, 1);
    private static final String TEXT = "#cloud-config\npassword: hunter2 ä漢";

    private final TextSeal seal = TextSeal.ofKey(key(1));

    @Test
    void whatIsSealedIsOpenedWithTheSameKeyForTheSameJob() {
        Sealed sealed = seal.seal(JOB, TEXT);
        assertThat(TextSeal.ofKey(key(1)).open(JOB, sealed)).isEqualTo(TEXT);
        assertThat(sealed.bytes()).isEqualTo(TEXT.getBytes(UTF_8).length);
        assertThat(seal.open(JOB, seal.seal(JOB, ""))).isEmpty();
    }

    @Test
    void aSealedTextTellsNothing() {
        Sealed sealed = seal.seal(JOB, TEXT);
        assertThat(sealed.toString()).isEqualTo("Sealed[bytes=" + sealed.bytes() + "]");
        assertThat(new String(Base64.getDecoder().decode(sealed.ciphertext()), ISO_8859_1))
                .doesNotContain("hunter2");
        // A nonce used twice would give the texts away.
        assertThat(seal.seal(JOB, TEXT).nonce()).isNotEqualTo(sealed.nonce());
        assertThat(seal.seal(JOB, TEXT).ciphertext()).isNotEqualTo(sealed.ciphertext());
    }

    @Test
    void aTextOfAnotherJobOrWithAnotherKeyOrChangedDoesNotOpen() {
        Sealed sealed = seal.seal(JOB, TEXT);
        byte[] changed = Base64.getDecoder().decode(sealed.ciphertext());
        changed[0] ^= 1;
        assertClosed(seal, new UUID(0, 2), sealed);
        assertClosed(TextSeal.ofKey(key(2)), JOB, sealed);
        assertClosed(
                seal, JOB, new Sealed(sealed.nonce(), Base64.getEncoder().encodeToString(changed), sealed.bytes()));
        assertClosed(seal, JOB, new Sealed("no base64!", sealed.ciphertext(), sealed.bytes()));
        assertClosed(seal, JOB, new Sealed(sealed.nonce(), "AAAA", sealed.bytes()));
        assertClosed(seal, JOB, new Sealed("", sealed.ciphertext(), sealed.bytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "c2hvcnQ=", "not base64 at all, and it is a very long text to be a key!"})
    void aKeyThatIsNoKeyIsRefusedWithoutQuotingIt(String wrong) {
        assertThatThrownBy(() -> TextSeal.ofKey(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RESTORE_ENCRYPTION_KEY must be 32 bytes in base64; make one with: openssl rand -base64 32")
                .hasNoCause();
    }

    @Test
    void aKeyMayEndWithTheLineBreakOfItsFile() {
        assertThat(TextSeal.ofKey(key(1) + "\n").open(JOB, seal.seal(JOB, TEXT)))
                .isEqualTo(TEXT);
    }

    private static void assertClosed(TextSeal seal, UUID job, Sealed sealed) {
        assertThatThrownBy(() -> seal.open(job, sealed))
                .isInstanceOf(SealException.class)
                .hasMessage("The sealed user_data of job " + job
                        + " cannot be opened: planner and executor must have the" + " same RESTORE_ENCRYPTION_KEY");
    }

    private static String key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }
}
