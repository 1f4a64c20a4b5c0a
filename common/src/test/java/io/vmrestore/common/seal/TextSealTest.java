package io.vmrestore.common.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmrestore.common.contract.Sealed;
import io.vmrestore.common.seal.SealedText.Ciphertext;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TextSealTest {
    private static final UUID JOB = new UUID(0, 1);
    private static final String TEXT = "#cloud-config\npassword: hunter2 ä漢";

    private final TextSeal seal = seal("a:" + key(1));

    @Test
    void whatIsSealedIsOpenedWithTheSameKeyForTheSameJob() {
        assertThat(seal("a:" + key(1)).open(JOB, seal.seal(JOB, TEXT))).isEqualTo(TEXT);
        assertThat(seal.open(JOB, seal.seal(JOB, ""))).isEmpty();
    }

    @Test
    void aSealedTextTellsNothing() {
        SealedText sealed = seal.seal(JOB, TEXT);
        assertThat(sealed.toString()).isEqualTo("SealedText[keyId=a]");
        assertThat(new String(Base64.getDecoder().decode(sealed.text().bytes()), ISO_8859_1))
                .doesNotContain("hunter2");
        SealedText again = seal.seal(JOB, TEXT);
        // A nonce used twice would give the texts away; a data key used twice would outlive its job.
        assertThat(again.text()).isNotEqualTo(sealed.text());
        assertThat(again.dataKey()).isNotEqualTo(sealed.dataKey());
    }

    @Test
    void aTextOfAnotherJobOrWithAnotherKeyOrChangedDoesNotOpen() {
        SealedText sealed = seal.seal(JOB, TEXT);
        assertClosed(seal, new UUID(0, 2), sealed);
        assertClosed(seal("a:" + key(2)), JOB, sealed);
        assertClosed(seal, JOB, new SealedText("a", sealed.dataKey(), changed(sealed.text())));
        assertClosed(seal, JOB, new SealedText("a", changed(sealed.dataKey()), sealed.text()));
        assertClosed(seal, JOB, new SealedText("a", sealed.dataKey(), new Ciphertext("no base64!", "AAAA")));
        assertClosed(seal, JOB, new SealedText("a", sealed.dataKey(), new Ciphertext("", "AAAA")));
    }

    @Test
    void afterARotationTheNewKeySealsAndTheOldOneStillOpens() {
        SealedText before = seal.seal(JOB, TEXT);
        TextSeal rotated = seal("b:" + key(2) + ",a:" + key(1));
        assertThat(rotated.open(JOB, before)).isEqualTo(TEXT);
        SealedText after = rotated.seal(JOB, TEXT);
        assertThat(after.keyId()).isEqualTo("b");
        assertThat(seal("b:" + key(2)).open(JOB, after)).isEqualTo(TEXT);
    }

    @Test
    void aKeyThatIsMissingIsNamed() {
        SealedText sealed = seal.seal(JOB, TEXT);
        assertThatThrownBy(() -> seal("b:" + key(1)).open(JOB, sealed))
                .isInstanceOf(SealException.class)
                .hasMessage("The sealed user_data of job " + JOB + " cannot be opened: it was sealed with the key a,"
                        + " which is not in RESTORE_ENCRYPTION_KEYS of this executor");
    }

    @Test
    void whatEarlierVersionsSealedInPlaceIsOpenedWithAnyOfTheKeys() throws Exception {
        Sealed earlier = sealedInPlace(key(1));
        assertThat(seal("b:" + key(2) + ",a:" + key(1)).openInPlace(JOB, earlier))
                .isEqualTo(TEXT);
        assertThat(new TextSeal(SealingKeys.of("", key(1))).openInPlace(JOB, earlier))
                .isEqualTo(TEXT);
        assertThatThrownBy(() -> seal("b:" + key(2)).openInPlace(JOB, earlier))
                .isInstanceOf(SealException.class)
                .hasMessageEndingWith(
                        "planner and executor must have the same RESTORE_ENCRYPTION_KEYS or RESTORE_ENCRYPTION_KEY");
        assertThatThrownBy(() -> seal.openInPlace(JOB, new Sealed(null, null, 1, null)))
                .isInstanceOf(SealException.class);
    }

    /** As version 0.1 did: with the installation's key itself, bound to the job. */
    private static Sealed sealedInPlace(String key) throws Exception {
        byte[] nonce = new byte[12];
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(Base64.getDecoder().decode(key), "AES"),
                new GCMParameterSpec(128, nonce));
        cipher.updateAAD(JOB.toString().getBytes(UTF_8));
        Base64.Encoder base64 = Base64.getEncoder();
        return new Sealed(
                base64.encodeToString(nonce), base64.encodeToString(cipher.doFinal(TEXT.getBytes(UTF_8))), 1, null);
    }

    private static Ciphertext changed(Ciphertext text) {
        byte[] bytes = Base64.getDecoder().decode(text.bytes());
        bytes[0] ^= 1;
        return new Ciphertext(text.nonce(), Base64.getEncoder().encodeToString(bytes));
    }

    private static void assertClosed(TextSeal seal, UUID job, SealedText sealed) {
        assertThatThrownBy(() -> seal.open(job, sealed))
                .isInstanceOf(SealException.class)
                .hasMessage("The sealed user_data of job " + job
                        + " cannot be opened: planner and executor must have the same RESTORE_ENCRYPTION_KEYS or"
                        + " RESTORE_ENCRYPTION_KEY");
    }

    private static TextSeal seal(String keys) {
        return new TextSeal(SealingKeys.of(keys, ""));
    }

    private static String key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }
}
