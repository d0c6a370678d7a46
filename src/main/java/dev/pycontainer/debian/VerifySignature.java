package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPDetachedSignatureProcessor;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;

/**
 * Verifies a signed text: one good signature by a key that is trusted and in force is enough, as with gpgv and apt.
 *
 * <p>In force is a key that is bound to its primary key, may sign, and is neither revoked nor expired, neither when it
 * signed nor now.
 */
final class VerifySignature {

    private static final int MOST_SIGNATURES = 32;
    /** Clocks differ; a signature from further ahead is not believed. */
    private static final Duration LATE_CLOCK = Duration.ofDays(1);

    /** The last that OpenPGP can tell (RFC 9580, section 3.5). */
    private static final Instant LAST_TIME = Instant.ofEpochSecond(0xffffffffL);

    private static final Set<Integer> DIGESTS = Set.of(
            HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384,
            HashAlgorithmTags.SHA512,
            HashAlgorithmTags.SHA3_256,
            HashAlgorithmTags.SHA3_512);

    private final ArchiveKeys keys;
    private final Clock clock;

    VerifySignature(ArchiveKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** The text that was signed. */
    String of(byte[] content) {
        ClearSigned document = ClearSigned.parse(content);
        List<String> faults = new ArrayList<>();
        for (PGPSignature signature : signatures(document.signature())) {
            String fault = fault(document, signature);
            if (fault.isEmpty()) {
                return document.text();
            }
            faults.add(keyOf(signature) + ": " + fault);
        }
        throw BuildRefused.because("No signature of the file is good.")
                .why(faults.isEmpty() ? "it holds none" : String.join("; ", faults))
                .todo("ask a mirror of Debian itself; for an archive of your own, set from.debian.keyring to its keys");
    }

    /** The key's fingerprint, where the signature tells it, else its shorter name. */
    private static String keyOf(PGPSignature signature) {
        return signature.getKeyIdentifiers().stream()
                .map(KeyIdentifier::getFingerprint)
                .filter(Objects::nonNull)
                .map(HexFormat.of().withUpperCase()::formatHex)
                .findFirst()
                .orElseGet(() -> HexFormat.of().withUpperCase().toHexDigits(signature.getKeyID()));
    }

    /** What is wrong with it; nothing where it is good. */
    private String fault(ClearSigned document, PGPSignature signature) {
        if (!DIGESTS.contains(signature.getHashAlgorithm())) {
            return "its digest, number " + signature.getHashAlgorithm() + " of RFC 9580, section 9.5, does not protect";
        }
        OpenPGPDetachedSignatureProcessor processor = new OpenPGPDetachedSignatureProcessor(
                        new BcOpenPGPImplementation())
                .addSignature(signature)
                .verifyNotAfter(Date.from(LAST_TIME)); // by our own clock, below
        List<String> errors = new ArrayList<>();
        processor.setExceptionCallback(e -> errors.add(String.valueOf(e.getMessage())));
        for (OpenPGPCertificate certificate : keys.certificates()) {
            processor.addVerificationCertificate(certificate);
        }
        try {
            List<OpenPGPDocumentSignature> read = processor.process(new ByteArrayInputStream(document.signed()));
            if (read.isEmpty() || read.get(0).getIssuer() == null) {
                return errors.isEmpty() ? "the key is not among those that are trusted" : errors.get(0);
            }
            return fault(read.get(0), errors);
        } catch (IOException | PGPException | RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String fault(OpenPGPDocumentSignature signature, List<String> errors) throws PGPException {
        Instant now = clock.instant();
        Instant made = signature.getCreationTime().toInstant();
        if (!signature.isTestedCorrect()) {
            return errors.isEmpty() ? "the text is not what was signed" : errors.get(0);
        }
        if (made.isAfter(now.plus(LATE_CLOCK))) {
            return "it was made at " + made + ", later than now";
        }
        if (!signature.isValid()) {
            return "the key was not one for such signatures when it was made";
        }
        return signature.isValidAt(Date.from(now)) ? "" : "the key, or the signature, has expired or was revoked";
    }

    private static List<PGPSignature> signatures(String armored) {
        List<PGPSignature> signatures = new ArrayList<>();
        try {
            PGPObjectFactory packets = new BcOpenPGPImplementation()
                    .pgpObjectFactory(
                            new ArmoredInputStream(new ByteArrayInputStream(armored.getBytes(StandardCharsets.UTF_8))));
            for (Object packet = packets.nextObject(); packet != null; packet = packets.nextObject()) {
                if (packet instanceof PGPSignatureList list) {
                    list.forEach(signatures::add);
                }
            }
        } catch (IOException | RuntimeException e) {
            throw BuildRefused.because("The file's signature cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
        if (signatures.size() > MOST_SIGNATURES) {
            throw BuildRefused.because("The file has more than " + MOST_SIGNATURES + " signatures.");
        }
        return signatures;
    }
}
