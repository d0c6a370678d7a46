package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;

/** The OpenPGP keys (RFC 9580) that may sign an archive's releases: whoever holds another one is not believed. */
public final class ArchiveKeys {

    /** Debian's own, from its package debian-archive-keyring; see the README beside them. */
    private static final List<String> SHIPPED = List.of(
            "bookworm-automatic", "bookworm-security-automatic", "trixie-automatic", "trixie-security-automatic");

    private final List<OpenPGPCertificate> certificates;

    private ArchiveKeys(List<OpenPGPCertificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /** The keys of Debian 12 and 13, which are shipped with this class. */
    public static ArchiveKeys ofDebian() {
        List<OpenPGPCertificate> certificates = new ArrayList<>();
        for (String name : SHIPPED) {
            try (InputStream key = ArchiveKeys.class.getResourceAsStream("keys/" + name + ".gpg")) {
                if (key == null) {
                    throw new IllegalStateException("the key " + name + " is not in the jar");
                }
                certificates.addAll(read(key.readAllBytes(), name).certificates);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ArchiveKeys(certificates);
    }

    /**
     * Reads a keyring, binary or armored, as {@code gpg --export} writes it and apt's {@code Signed-By} names it.
     *
     * @param name for refusals
     */
    public static ArchiveKeys read(byte[] keyring, String name) {
        List<OpenPGPCertificate> certificates;
        try {
            certificates = new OpenPGPKeyReader(new BcOpenPGPImplementation()).parseCertificates(keyring);
        } catch (IOException | RuntimeException e) {
            throw BuildRefused.because("The keyring is none that can be read.")
                    .why(String.valueOf(e.getMessage()))
                    .todo("export the archive's keys with `gpg --export`, with or without --armor")
                    .causedBy(e)
                    .in(name);
        }
        if (certificates.isEmpty()) {
            throw BuildRefused.because("The keyring holds no key.")
                    .todo("export the archive's keys with `gpg --export`, with or without --armor")
                    .in(name);
        }
        return new ArchiveKeys(certificates);
    }

    List<OpenPGPCertificate> certificates() {
        return certificates;
    }

    /** The fingerprints of the primary keys, upper case. */
    public List<String> fingerprints() {
        return certificates.stream()
                .map(certificate -> HexFormat.of().withUpperCase().formatHex(certificate.getFingerprint()))
                .toList();
    }
}
