package dev.pycontainer.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Disk;
import dev.pycontainer.testkit.GitRepository;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that builds often has no locale: Java then takes the names of files for ASCII. */
class AsciiLocaleTest {

    /** Runs in a JVM of its own, since a JVM never changes its mind about names. */
    static final class Selection {

        public static void main(String[] arguments) {
            Path project = Path.of(arguments[0]);
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.println(new ReadSourceTree().of(project).orElseThrow());
            for (SourceFile file : new SelectSources(new Disk(), List.of(), List.of()).from(project)) {
                out.println(file.path()
                        + file.linkTarget().map(target -> " -> " + target).orElse(""));
            }
            Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.contains("JGit"))
                    .forEach(out::println);
        }
    }

    @Test
    void namesAreReadAsUtf8AndNoThreadIsLeft(@TempDir Path root) throws Exception {
        GitRepository repository = GitRepository.in(root);
        repository.write(".gitignore", "ign-é*\n");
        repository.write("datos/mañana/長い.py", "x\n");
        repository.write("ign-éx", "x\n");
        repository.write("plain.py", "x\n");
        Files.createSymbolicLink(root.resolve("līnk"), Path.of("datos/mañana/長い.py"));

        assertThat(select(root)).isEqualTo("""
                        %s
                        datos/mañana/長い.py
                        līnk -> datos/mañana/長い.py
                        plain.py
                        """.formatted(repository.withAllWorkAdded("")));
    }

    private static String select(Path project) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Selection.class.getName(),
                project.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("LC_ALL", "C");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
