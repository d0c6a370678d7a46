package dev.pycontainer.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPairGeneratorProvider;

/** A key of a test, which signs releases as Debian's archive does. */
@SuppressWarnings("JavaUtilDate") // the library's own
public final class ReleaseKey {

    private final PGPKeyPair pair;
    private final PGPPublicKey certified;

    private ReleaseKey(PGPKeyPair pair, PGPPublicKey certified) {
        this.pair = pair;
        this.certified = certified;
    }

    public static ReleaseKey made(Instant created) {
        return made(created, Duration.ofDays(3650));
    }

    public static ReleaseKey made(Instant created, Duration validity) {
        return made(created, validity, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
    }

    public static ReleaseKey made(Instant created, Duration validity, int flags) {
        try {
            PGPKeyPair pair = new BcPGPKeyPairGeneratorProvider()
                    .get(4, Date.from(created))
                    .generateLegacyEd25519KeyPair();
            PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
            hashed.setSignatureCreationTime(Date.from(created));
            hashed.setIssuerFingerprint(false, pair.getPublicKey());
            hashed.setKeyFlags(true, flags);
            hashed.setKeyExpirationTime(true, validity.toSeconds());
            PGPSignatureGenerator generator = generator(pair, HashAlgorithmTags.SHA512);
            generator.init(PGPSignature.POSITIVE_CERTIFICATION, pair.getPrivateKey());
            generator.setHashedSubpackets(hashed.generate());
            String user = "An archive of tests <archive@example.com>";
            PGPPublicKey certified = PGPPublicKey.addCertification(
                    pair.getPublicKey(), user, generator.generateCertification(user, pair.getPublicKey()));
            return new ReleaseKey(pair, certified);
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same key, revoked by itself. */
    public ReleaseKey revoked(Instant when) {
        try {
            PGPSignatureGenerator generator = generator(pair, HashAlgorithmTags.SHA512);
            generator.init(PGPSignature.KEY_REVOCATION, pair.getPrivateKey());
            generator.setHashedSubpackets(at(when).generate());
            return new ReleaseKey(
                    pair, PGPPublicKey.addCertification(certified, generator.generateCertification(certified)));
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** This key with another beside it that it never said is its own. */
    public byte[] withForeignSubkey(ReleaseKey other) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        certified.encode(out);
        byte[] packet = other.pair.getPublicKey().getPublicKeyPacket().getEncodedContents();
        out.write(0xc0 | 14); // a public subkey, RFC 9580, section 4.3
        out.write(packet.length);
        out.write(packet);
        return out.toByteArray();
    }

    /** The public key, as a keyring's file holds it. */
    public byte[] exported() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            certified.encode(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    /** The clear-signed text, as {@code InRelease} is. */
    public byte[] signed(String text, Instant when) {
        return signed(text, List.of(signature(text, when, HashAlgorithmTags.SHA512)));
    }

    public static byte[] signed(String text, List<PGPSignature> signatures) {
        StringBuilder file = new StringBuilder("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n");
        for (String line : text.strip().split("\n", -1)) {
            file.append(line.startsWith("-") ? "- " : "").append(line).append('\n');
        }
        ByteArrayOutputStream armored = new ByteArrayOutputStream();
        try (OutputStream out = ArmoredOutputStream.builder().clearHeaders().build(armored)) {
            for (PGPSignature signature : signatures) {
                signature.encode(out);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return file.append(armored.toString(StandardCharsets.US_ASCII))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @param hash a number of RFC 9580, section 9.5 */
    public PGPSignature signature(String text, Instant when, int hash) {
        try {
            PGPSignatureGenerator generator = generator(pair, hash);
            generator.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, pair.getPrivateKey());
            generator.setHashedSubpackets(at(when).generate());
            generator.update(text.strip().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            return generator.generate();
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    private PGPSignatureSubpacketGenerator at(Instant when) {
        PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
        hashed.setSignatureCreationTime(Date.from(when));
        hashed.setIssuerFingerprint(false, pair.getPublicKey());
        return hashed;
    }

    private static PGPSignatureGenerator generator(PGPKeyPair pair, int hash) {
        return new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), hash), pair.getPublicKey());
    }
}
