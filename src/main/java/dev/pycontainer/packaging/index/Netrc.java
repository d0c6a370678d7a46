package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logins by host that curl, pip and uv share: the file {@code $NETRC}, else {@code .netrc} of the home directory. */
public final class Netrc implements LoginPlace {

    private static final long LIMIT = 1 << 20;

    private final Path file;

    /**
     * The file need not exist.
     *
     * @param environment the process's variables
     */
    public Netrc(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault("NETRC", "");
        this.file = named.isEmpty() ? home.resolve(".netrc") : Path.of(named);
    }

    @Override
    public Optional<Login> find(Index index) {
        for (Entry entry : Entry.allOf(words())) {
            if (entry.machine.equalsIgnoreCase(index.url().host()) && !entry.login.isEmpty()) {
                return Optional.of(new Login(entry.login, new Secret(entry.password), file.toString()));
            }
        }
        return Optional.empty();
    }

    @Override
    public String place(Index index) {
        return file.toString();
    }

    private List<String> words() {
        try {
            if (Files.size(file) > LIMIT) {
                throw BuildRefused.because(file + " is larger than " + LIMIT + " bytes, the limit for it.");
            }
            return Words.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException e) {
            throw BuildRefused.because(file + " cannot be read.").why(e.toString());
        }
    }

    /** The line {@code default}, which curl sends to every host, is passed over: credentials have a host. */
    private record Entry(String machine, String login, String password) {

        static List<Entry> allOf(List<String> words) {
            List<Entry> entries = new ArrayList<>();
            Optional<Entry> open = Optional.empty();
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                String next = i + 1 < words.size() ? words.get(i + 1) : "";
                switch (word) {
                    case "machine" -> {
                        open.ifPresent(entries::add);
                        open = Optional.of(new Entry(next, "", ""));
                        i++;
                    }
                    case "default" -> {
                        open.ifPresent(entries::add);
                        open = Optional.empty();
                    }
                    case "login" -> {
                        open = open.map(entry -> new Entry(entry.machine, next, entry.password));
                        i++;
                    }
                    case "password" -> {
                        open = open.map(entry -> new Entry(entry.machine, entry.login, next));
                        i++;
                    }
                    case "account" -> i++;
                    default -> {
                        // A word of a macro, or of another program's: none of ours.
                    }
                }
            }
            open.ifPresent(entries::add);
            return entries;
        }
    }

    /** The file's words; a comment is from a word that begins with {@code #} to its line's end, a macro to a blank line. */
    private static final class Words {
        static List<String> of(String text) {
            List<String> words = new ArrayList<>();
            boolean macro = false;
            for (String line : text.lines().toList()) {
                macro = macro && !line.isBlank();
                if (!macro) {
                    macro = line.strip().startsWith("macdef");
                    if (!macro) {
                        addWords(line, words);
                    }
                }
            }
            return words;
        }

        private static void addWords(String line, List<String> words) {
            int at = 0;
            while (at < line.length()) {
                char c = line.charAt(at);
                if (Character.isWhitespace(c)) {
                    at++;
                } else if (c == '#' && !isValue(words)) {
                    return;
                } else {
                    StringBuilder word = new StringBuilder();
                    at = c == '"' ? quoted(line, at + 1, word) : plain(line, at, word);
                    words.add(word.toString());
                }
            }
        }

        /** A password may begin with the sign of comments. */
        private static boolean isValue(List<String> words) {
            return !words.isEmpty() && words.get(words.size() - 1).equals("password");
        }

        private static int plain(String line, int from, StringBuilder word) {
            int at = from;
            while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
                word.append(line.charAt(at++));
            }
            return at;
        }

        private static int quoted(String line, int from, StringBuilder word) {
            int at = from;
            while (at < line.length() && line.charAt(at) != '"') {
                if (line.charAt(at) == '\\' && at + 1 < line.length()) {
                    at++;
                }
                word.append(line.charAt(at++));
            }
            return at + 1;
        }
    }
}
