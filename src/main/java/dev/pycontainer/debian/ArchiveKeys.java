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

    private static final String EXPORT = "export the archive's keys with `gpg --export`, with or without --armor";

    /** Debian's own, from its package debian-archive-keyring; see the README beside them. */
    private static final List<String> SHIPPED = List.of(
            "bookworm-automatic", "bookworm-security-automatic", "trixie-automatic", "trixie-security-automatic");

    private final List<byte[]> keyrings;

    private ArchiveKeys(List<byte[]> keyrings) {
        this.keyrings = List.copyOf(keyrings);
    }

    /** The keys of Debian 12 and 13, which are shipped with this class; not read before a release is to be believed. */
    public static ArchiveKeys ofDebian() {
        List<byte[]> keyrings = new ArrayList<>();
        for (String name : SHIPPED) {
            try (InputStream key = ArchiveKeys.class.getResourceAsStream("keys/" + name + ".gpg")) {
                if (key == null) {
                    throw new IllegalStateException("the key " + name + " is not in the jar");
                }
                keyrings.add(key.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ArchiveKeys(keyrings);
    }

    /**
     * Reads a keyring, binary or armored, as {@code gpg --export} writes it and apt's {@code Signed-By} names it.
     *
     * @param name for refusals
     */
    public static ArchiveKeys read(byte[] keyring, String name) {
        ArchiveKeys keys = new ArchiveKeys(List.of(keyring.clone()));
        boolean isEmpty;
        try {
            isEmpty = keys.certificates().isEmpty();
        } catch (BuildRefused refused) {
            throw refused.in(name);
        }
        if (isEmpty) {
            throw BuildRefused.because("The keyring holds no key.").todo(EXPORT).in(name);
        }
        return keys;
    }

    /** The keys, read anew: the library finds out what they may do while they are asked, so that no two threads may share them. */
    List<OpenPGPCertificate> certificates() {
        List<OpenPGPCertificate> certificates = new ArrayList<>();
        for (byte[] keyring : keyrings) {
            try {
                certificates.addAll(new OpenPGPKeyReader(new BcOpenPGPImplementation()).parseCertificates(keyring));
            } catch (IOException | RuntimeException e) {
                throw BuildRefused.because("The keyring is none that can be read.")
                        .why(String.valueOf(e.getMessage()))
                        .todo(EXPORT)
                        .causedBy(e);
            }
        }
        return certificates;
    }

    /** The fingerprints of the primary keys, upper case. */
    public List<String> fingerprints() {
        return certificates().stream()
                .map(certificate -> HexFormat.of().withUpperCase().formatHex(certificate.getFingerprint()))
                .toList();
    }
}
