package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.testkit.ReleaseKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerifySignatureTest {

    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SIGNED = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String TEXT = """
            Origin: Debian
            Suite: stable
            -dashed: yes
            """;

    private final ReleaseKey key = ReleaseKey.made(MADE);

    @Test
    void aReleaseOfDebianIsSignedByTheKeysThatAreShipped() throws Exception {
        byte[] release = resource("trixie-security.InRelease");
        assertThat(verify(ArchiveKeys.ofDebian(), NOW, release))
                .startsWith("Origin: Debian\nLabel: Debian-Security\nSuite: stable-security\n")
                .contains("\nCodename: trixie-security\n")
                .doesNotContain("PGP");
        assertThatThrownBy(() -> verify(ArchiveKeys.ofDebian(), Instant.parse("2036-01-01T00:00:00Z"), release))
                .hasMessage("""
                        No signature of the file is good.
                          why    %s: the key, or the signature, has expired or was revoked; %s
                          do     ask a mirror of Debian itself; for an archive of your own, set from.debian.keyring to its keys""".formatted(
                                "B0CAB9266E8C3929798B3EEEBDE6D2B9216EC7A8",
                                "89C87ACEA5DD6B8E6A7068808E9F831205B4BA95: the key, or the signature, has expired or was"
                                        + " revoked"));
    }

    @Test
    void theShippedKeysAreThoseOfDebiansOwnPackage() {
        assertThat(ArchiveKeys.ofDebian().fingerprints())
                .containsExactly(
                        "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8",
                        "05AB90340C0C5E797F44A8C8254CF3B5AEC0A8F0",
                        "04B54C3CDCA79751B16BC6B5225629DF75B188BD",
                        "5E04A1E3223A19A20706E20F9904613D4CCE68C6");
    }

    @Test
    void theTextIsWhatWasSigned() {
        assertThat(verify(key, NOW, key.signed(TEXT, SIGNED))).isEqualTo(TEXT);
    }

    @Test
    void oneGoodSignatureIsEnough() {
        ReleaseKey other = ReleaseKey.made(MADE);
        byte[] release = ReleaseKey.signed(
                TEXT,
                List.of(
                        other.signature(TEXT, SIGNED, HashAlgorithmTags.SHA256),
                        key.signature(TEXT, SIGNED, HashAlgorithmTags.SHA256)));
        assertThat(verify(key, NOW, release)).isEqualTo(TEXT);
    }

    @Test
    void blanksAtTheEndsOfLinesAreNotSigned() {
        String signed = new String(key.signed(TEXT, SIGNED), StandardCharsets.UTF_8).replace("stable\n", "stable \t\n");
        assertThat(verify(key, NOW, signed.getBytes(StandardCharsets.UTF_8))).isEqualTo(TEXT);
    }

    static Stream<Arguments> refused() throws IOException {
        ReleaseKey key = ReleaseKey.made(MADE);
        ReleaseKey other = ReleaseKey.made(MADE);
        ReleaseKey shortLived = ReleaseKey.made(MADE, Duration.ofDays(200));
        ReleaseKey certifier = ReleaseKey.made(MADE, Duration.ofDays(3650), KeyFlags.CERTIFY_OTHER);
        String good = new String(key.signed(TEXT, SIGNED), StandardCharsets.UTF_8);
        return Stream.of(
                arguments(
                        "another text",
                        key.exported(),
                        good.replace("stable", "sid"),
                        "the text is not what was signed"),
                arguments("another key", other.exported(), good, "the key is not among those that are trusted"),
                arguments(
                        "a key that has expired since",
                        shortLived.exported(),
                        signed(shortLived, SIGNED),
                        "the key, or the signature, has expired or was revoked"),
                arguments(
                        "a key that had expired",
                        shortLived.exported(),
                        signed(shortLived, Instant.parse("2026-10-01T00:00:00Z")),
                        "the key was not one for such signatures when it was made"),
                arguments(
                        "a revoked key",
                        key.revoked(Instant.parse("2026-07-01T00:00:00Z")).exported(),
                        good,
                        "the key was not one for such signatures when it was made"),
                arguments(
                        "a key that may not sign",
                        certifier.exported(),
                        signed(certifier, SIGNED),
                        "the key was not one for such signatures when it was made"),
                arguments(
                        "a subkey that is nobody's",
                        key.withForeignSubkey(other),
                        signed(other, SIGNED),
                        "the key was not one for such signatures when it was made"),
                arguments(
                        "SHA-1",
                        key.exported(),
                        new String(
                                ReleaseKey.signed(TEXT, List.of(key.signature(TEXT, SIGNED, HashAlgorithmTags.SHA1))),
                                StandardCharsets.UTF_8),
                        "its digest, number 2 of RFC 9580, section 9.5, does not protect"),
                arguments(
                        "a day that is to come",
                        key.exported(),
                        signed(key, Instant.parse("2026-11-23T00:00:00Z")),
                        "it was made at 2026-11-23T00:00:00Z, later than now"),
                arguments(
                        "no signature",
                        key.exported(),
                        good.replaceAll("(?s)(SIGNATURE-----\n).*(\n-----END)", "$1\niQ==$2"),
                        ""),
                arguments("no text", key.exported(), TEXT, "it does not begin with -----BEGIN PGP SIGNED MESSAGE-----"),
                arguments(
                        "a text before it",
                        key.exported(),
                        "Suite: sid\n" + good,
                        "it does not begin with -----BEGIN PGP SIGNED MESSAGE-----"),
                arguments(
                        "a text behind it",
                        key.exported(),
                        good + "Suite: sid\n",
                        "it does not end with -----END PGP SIGNATURE-----"),
                arguments(
                        "a header",
                        key.exported(),
                        good.replace("Hash: SHA512", "Comment: x"),
                        "it has a header \"Comment: x\" before its text"),
                arguments(
                        "a dash that is not escaped",
                        key.exported(),
                        good.replace("- -dashed", "-dashed"),
                        "a line of its text begins with a dash that is not escaped"),
                arguments(
                        "no signature's beginning",
                        key.exported(),
                        good.replace("-----BEGIN PGP SIGNATURE-----", "- BEGIN"),
                        "it has no -----BEGIN PGP SIGNATURE----- behind a text"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatIsNotSignedIsRefused(String name, byte[] keyring, String release, String why) {
        assertThatThrownBy(() ->
                        verify(ArchiveKeys.read(keyring, "keys.gpg"), NOW, release.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining(why);
    }

    @Test
    void severalThreadsMayVerifyByTheSameKeys() {
        ArchiveKeys keys = ArchiveKeys.ofDebian();
        byte[] release = resource("trixie-security.InRelease");
        assertThat(InParallel.map(Collections.nCopies(64, release), 8, same -> verify(keys, NOW, same)))
                .containsOnly(verify(keys, NOW, release));
    }

    @Test
    void whatIsNoKeyringIsRefused() {
        assertThatThrownBy(() -> ArchiveKeys.read(new byte[0], "keys.gpg")).hasMessage("""
                The keyring holds no key.
                  where  keys.gpg
                  do     export the archive's keys with `gpg --export`, with or without --armor""");
        assertThatThrownBy(() -> ArchiveKeys.read("no keys".getBytes(StandardCharsets.UTF_8), "keys.gpg"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("keys.gpg");
    }

    private static String signed(ReleaseKey key, Instant when) {
        return new String(key.signed(TEXT, when), StandardCharsets.UTF_8);
    }

    private static String verify(ReleaseKey key, Instant now, byte[] release) {
        return verify(ArchiveKeys.read(key.exported(), "keys.gpg"), now, release);
    }

    private static String verify(ArchiveKeys keys, Instant now, byte[] release) {
        return new VerifySignature(keys, Clock.fixed(now, ZoneOffset.UTC)).of(release);
    }

    private static byte[] resource(String name) {
        try (InputStream in = VerifySignatureTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
