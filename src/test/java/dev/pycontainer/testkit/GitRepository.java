package dev.pycontainer.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A repository made by the {@code git} command, which is also asked for the truth. */
public final class GitRepository {

    private final Path root;

    private GitRepository(Path root) {
        this.root = root;
    }

    public static GitRepository in(Path root) throws IOException {
        Files.createDirectories(root);
        GitRepository repository = new GitRepository(root);
        repository.git("init", "--quiet", "--initial-branch=main");
        return repository;
    }

    /** Another working tree of the same repository. */
    public GitRepository worktree(Path place) throws IOException {
        git("worktree", "add", "--quiet", "--detach", place.toString());
        return new GitRepository(place);
    }

    public Path write(String path, String content) throws IOException {
        return write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public Path write(String path, byte[] content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    public void commit() throws IOException {
        git("add", "-A");
        git("commit", "--quiet", "--allow-empty", "-m", "work");
    }

    /** The tree of a committed directory; the root for the empty path. */
    public String committed(String path) throws IOException {
        return git("rev-parse", "HEAD:" + path);
    }

    /** The tree that the directory would have if everything were added, found with an index of its own. */
    public String withAllWorkAdded(String path) throws IOException {
        Path index = Files.createTempFile("pycontainer", ".index");
        Path used = Path.of(git("rev-parse", "--path-format=absolute", "--git-path", "index"));
        if (Files.exists(used)) {
            Files.write(index, Files.readAllBytes(used));
        } else {
            Files.delete(index);
        }
        try {
            Map<String, String> environment = Map.of("GIT_INDEX_FILE", index.toString());
            run(environment, "add", "-A");
            String tree = run(environment, "write-tree");
            return path.isEmpty() ? tree : run(environment, "rev-parse", tree + ":" + path);
        } finally {
            Files.deleteIfExists(index);
        }
    }

    public String git(String... arguments) throws IOException {
        return run(Map.of(), arguments);
    }

    private String run(Map<String, String> more, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "advice.addEmbeddedRepo=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
        builder.redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        for (String role : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + role + "_NAME", "Somebody");
            environment.put("GIT_" + role + "_EMAIL", "somebody@example.org");
        }
        environment.putAll(more);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }
}
