package dev.pycontainer.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Go package of eStargz as the judge of layers: it proves the table of contents by its digest, and finds every file
 * through it as a snapshotter would.
 */
public final class EstargzJudge {

    private final Path program;

    private EstargzJudge(Path program) {
        this.program = program;
    }

    /**
     * Builds it.
     *
     * @param repository this one's root, which has its source
     * @param program gets the executable
     */
    public static EstargzJudge built(Path repository, Path program) {
        Go.build(repository.resolve("src/test/oracle/layers/estargz"), program);
        return new EstargzJudge(program);
    }

    /**
     * Judges layers, and fails with what it says where one is wrong.
     *
     * @param tables the digest of each layer's table of contents
     * @return a line for each: the tar's SHA-256, and how many files and chunks it has found
     */
    public List<String> of(List<Path> layers, List<String> tables) {
        List<Object> words = new ArrayList<>(List.of(program));
        for (int i = 0; i < layers.size(); i++) {
            words.add(layers.get(i));
            words.add(tables.get(i));
        }
        return Command.of(words.toArray()).run().lines().toList();
    }
}
