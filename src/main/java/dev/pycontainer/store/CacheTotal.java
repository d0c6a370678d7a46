package dev.pycontainer.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** About how many bytes a cache's entries have, kept so that it need not be listed after each build; under the gate's lock. */
record CacheTotal(Path cache) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) bytes, listed at ([0-9]{1,18})\n");

    /** @param listed when the entries were last counted; since then what builds said that they added is added */
    record Known(long bytes, Instant listed) {}

    /** Nothing where it was never written, or not whole. */
    Optional<Known> read() throws IOException {
        if (!Files.isRegularFile(file())) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(new String(Files.readAllBytes(file()), US_ASCII));
        return form.matches()
                ? Optional.of(
                        new Known(Long.parseLong(form.group(1)), Instant.ofEpochSecond(Long.parseLong(form.group(2)))))
                : Optional.empty();
    }

    void write(long bytes, Instant listed) throws IOException {
        Files.write(file(), (bytes + " bytes, listed at " + listed.getEpochSecond() + "\n").getBytes(US_ASCII));
    }

    private Path file() {
        return cache.resolve("total");
    }
}
