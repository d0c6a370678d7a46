package dev.pycontainer.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;

/** Asks a cache for a few things, and writes down in its file {@code made} which of them it has made itself. */
public final class MakesThings {

    private MakesThings() {}

    /** One process of several. */
    public static void main(String[] arguments) throws IOException {
        in(arguments[0]);
    }

    /** One run; returns how many things it got. */
    public static int in(String directory) throws IOException {
        try (Cache cache = Cache.plain(Path.of(directory))) {
            return in(cache, Path.of(directory));
        }
    }

    static int in(Cache cache, Path directory) throws IOException {
        Remembered remembered = cache.remembered();
        int got = 0;
        for (String thing : all()) {
            Digest key = Digest.of(thing);
            String had = cache.flights()
                    .once(
                            Flights.Kind.LAYER,
                            key,
                            () -> remembered.recall("thing", key).map(bytes -> new String(bytes, UTF_8)),
                            () -> {
                                Files.writeString(
                                        directory.resolve("made"),
                                        thing + "\n",
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.APPEND);
                                remembered.keep("thing", key, thing.getBytes(UTF_8));
                                return thing;
                            });
            got += had.equals(thing) ? 1 : 0;
        }
        return got;
    }

    static List<String> all() {
        return IntStream.range(0, 40).mapToObj(i -> "thing " + i).toList();
    }
}
