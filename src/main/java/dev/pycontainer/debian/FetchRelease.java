package dev.pycontainer.debian;

import dev.pycontainer.content.BoundedInputStream;
import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Has a distribution's release from a mirror, and believes it where it is signed, of this distribution, and of now. */
final class FetchRelease {

    /** Debian's largest has 200 KB. */
    private static final int LIMIT = 16 << 20;

    private static final Duration LATE_CLOCK = Duration.ofDays(1);

    private final Supplier<ArchiveKeys> keys;
    private final Clock clock;

    FetchRelease(Supplier<ArchiveKeys> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param distribution the directory below {@code dists} */
    Release of(Mirror mirror, String distribution) throws IOException {
        String path = "dists/" + distribution + "/InRelease";
        byte[] signed = mirror.find(path, in -> new BoundedInputStream(in, LIMIT, path).readAllBytes())
                .orElseThrow(() -> BuildRefused.because("The mirror has no distribution " + distribution + ".")
                        .why("it has no file " + path)
                        .todo("set from.debian.mirror, or from.debian.securityMirror, to a mirror that has it")
                        .in(mirror.toString()));
        try {
            Release release = Release.parse(new VerifySignature(keys.get(), clock).of(signed), distribution);
            requireNow(release);
            return release;
        } catch (BuildRefused refused) {
            throw refused.in(path).in(mirror.toString());
        }
    }

    private void requireNow(Release release) {
        Instant now = clock.instant();
        release.validUntil().filter(now::isAfter).ifPresent(until -> {
            throw BuildRefused.because("The release of " + release.distribution() + " is no longer valid.")
                    .why("it is to be believed until " + until + ", and it is " + now)
                    .todo("ask a mirror that is kept up to date, or set this machine's clock; packages that"
                            + " pycontainer.lock names need no release");
        });
        if (release.date().isAfter(now.plus(LATE_CLOCK))) {
            throw BuildRefused.because("The release of " + release.distribution() + " is of a day that is to come.")
                    .why("it was made at " + release.date() + ", and it is " + now)
                    .todo("set this machine's clock");
        }
    }
}
