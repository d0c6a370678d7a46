package dev.pycontainer.build;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A build with the servers of another one's test: as a process of its own, or in a class realm of its own. */
public final class BuildProcess {

    private BuildProcess() {}

    /** A process of its own, whose log shows a failure. */
    public static void main(String[] arguments) {
        in(List.of(arguments));
    }

    /**
     * Builds once, and writes the digest, how many layers were written and files downloaded, and the nanoseconds that it
     * took into the output directory's file {@code said}; {@code begun} is there as soon as it begins.
     *
     * @param words those of the {@link TestBuild}, the output directory, and the cache; behind them the layers' form, where
     *     it is not gzip
     */
    public static void in(List<String> words) {
        TestBuild build = TestBuild.again(words);
        build.output = Path.of(words.get(3));
        build.cache = Path.of(words.get(4));
        words.stream().skip(5).forEach(form -> build.compression = LayerForm.valueOf(form));
        try {
            Files.createFile(Files.createDirectories(build.output).resolve("begun"));
            long began = System.nanoTime();
            String digest = build.build().digest().toString();
            Tally tally = build.tally;
            Files.writeString(
                    build.output.resolve("said"),
                    "%s %d %d %d"
                            .formatted(
                                    digest,
                                    tally.of(Work.LAYERS_WRITTEN),
                                    tally.of(Work.FILES_DOWNLOADED),
                                    System.nanoTime() - began));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
