package dev.pycontainer.packaging.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers that pip keeps of what it downloads, in the form that it has since release 23.3: {@code http-v2}, a file
 * for each URL's head and one for its body. Only read, and what stands in it is believed only by its digest.
 */
public final class PipCache {

    private static final Pattern URL = Pattern.compile("([a-zA-Z]+://[^/?#]*)([^#]*)(?:#.*)?");

    private final Optional<Path> directory;

    private PipCache(Optional<Path> directory) {
        this.directory = directory;
    }

    /** @param directory pip's cache, such as {@code ~/.cache/pip}; it need not exist */
    public static PipCache in(Path directory) {
        return new PipCache(Optional.of(directory));
    }

    /** One that holds nothing. */
    public static PipCache none() {
        return new PipCache(Optional.empty());
    }

    /** The file that holds what the URL once gave, if pip has kept it. */
    Optional<Path> find(String url) {
        return directory.map(place -> bodyOf(place, key(url))).filter(Files::isRegularFile);
    }

    /** @param found by {@link #find} */
    static InputStream open(Path found) throws IOException {
        return Files.newInputStream(found);
    }

    private static Path bodyOf(Path place, String hash) {
        Path at = place.resolve("http-v2");
        for (int i = 0; i < 5; i++) {
            at = at.resolve(hash.substring(i, i + 1));
        }
        return at.resolve(hash + ".body");
    }

    /** As CacheControl makes it: the SHA-224 of the URL without its fragment, scheme and host in lower case. */
    private static String key(String url) {
        Matcher parts = URL.matcher(url);
        String normal = parts.matches() ? parts.group(1).toLowerCase(Locale.ROOT) + parts.group(2) : url;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-224").digest(normal.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform of ours has SHA-224", e);
        }
    }
}
