package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Texts that are made to break readers: each is read or refused, on a stack of a few frames, whatever its length. */
class HostileTextTest {

    private static final int LONG = 5_000;

    private static final int VERY_LONG = 100_000;

    /** Half of what a thread has by default: too small for a recursion that grows with the text. */
    private static final long SMALL_STACK = 512 << 10;

    private static final Map<String, Consumer<String>> READERS = new LinkedHashMap<>();

    static {
        READERS.put("version", Version::parse);
        READERS.put("specifier", text -> SpecifierSet.parse(text).contains(Version.parse("1.0")));
        READERS.put(
                "requirement",
                text -> assertThat(Requirement.parse(text).toString()).isNotEmpty());
        READERS.put("marker", text -> {
            Marker marker = Marker.parse(text);
            marker.evaluate(MarkerEnvironment.of(Map.of("os_name", "posix", "python_version", "3.11")));
            assertThat(Marker.parse(marker.toString())).hasSameHashCodeAs(Marker.parse(marker.toString()));
        });
        READERS.put("name", PackageName::of);
        READERS.put("extra", Extra::of);
        READERS.put("build tag", BuildTag::parse);
        READERS.put("wheel", WheelFileName::parse);
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (String piece : List.of(
                "(",
                ")",
                "[",
                "\"",
                "'",
                "\\",
                "1",
                "9",
                ".",
                "-",
                "_",
                "a",
                "v",
                "!",
                "+",
                ",",
                ";",
                " ",
                "\t",
                "\n",
                "@",
                "=",
                "~",
                "*",
                "\u0000",
                "\uFEFF",
                "\uD83D\uDE00",
                "\uD800",
                "1.",
                "1!",
                "a-",
                "-a",
                "+a.",
                "==1,",
                ">=1,<2,",
                "===x,",
                ".*",
                "a1",
                "rc1.post1.dev1",
                "and ",
                "or ",
                "not ",
                "not in ",
                "os_name",
                "''==",
                "(os_name == 'x' and ",
                "py3.",
                "py3-none-any-",
                "a._-")) {
            String much = piece.repeat(LONG / piece.length());
            texts.addAll(List.of(
                    piece.repeat(VERY_LONG / piece.length()),
                    much,
                    "1" + much,
                    "a" + much,
                    "1.0+" + much,
                    "==" + much,
                    "===" + much,
                    "a>=1" + much,
                    "a[" + much,
                    "a @ " + much,
                    "a ; " + much,
                    "os_name == '" + much + "'",
                    "'" + much + "' in os_name",
                    "os_name " + much,
                    "foo-1.0-" + much,
                    "foo-1.0-py3-none-" + much + ".whl",
                    much + "-1.0-py3-none-any.whl",
                    "foo-" + much + "-py3-none-any.whl",
                    much + "!",
                    much + "\u00e9"));
        }
        texts.add("os_name == 'a'" + " or os_name == 'posix' and os_name != 'b'".repeat(VERY_LONG / 40));
        texts.add("(".repeat(99) + "os_name == 'posix'" + " or os_name == 'a')".repeat(99));
        texts.add("(os_name == 'a' or ".repeat(VERY_LONG / 20) + "os_name == 'a'" + ")".repeat(VERY_LONG / 20));
        texts.add(">=0" + ",!=9.9.*".repeat(VERY_LONG / 8));
        texts.add("a[" + "x,".repeat(VERY_LONG / 2) + "x]");
        String hundred = "a" + ".a".repeat(99);
        texts.add("foo-1-" + hundred + "-" + hundred + "-" + hundred + ".whl");
        return texts;
    }

    @Test
    void longTextsAreReadOrRefused() throws InterruptedException {
        List<String> texts = texts();
        for (Map.Entry<String, Consumer<String>> reader : READERS.entrySet()) {
            allReadOrRefused(reader.getKey(), texts, reader.getValue());
        }
    }

    @Test
    void textsWithSmallAccidentsAreReadOrRefused() throws InterruptedException {
        Random random = new Random(440);
        List<String> seeds = List.of(
                "1!2.0rc3.post4.dev5+ab.6",
                "~=1.0,!=1.4.*,===x",
                "a[b,c]>=1,<2 ; os_name == 'x' and 'y' in extras",
                "a @ https://h.example/a.whl ; extra == 'x'",
                "(python_version < '3' or os_name not in \"x\")",
                "Foo_Bar-1.0+a.b-1a-cp311.py3-abi3.none-manylinux_2_17_x86_64.any.whl",
                "a._-b");
        String alphabet = "()[]'\"\\<>=!~,;@ \t\n.-_+*ab19\u0663\u00e9\u0000\uD800";
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int j = random.nextInt(4); j >= 0; j--) {
                int at = random.nextInt(text.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, c);
                    case 1 -> text.setCharAt(at, c);
                    default -> text.deleteCharAt(at);
                }
            }
            texts.add(text.toString());
        }
        for (Map.Entry<String, Consumer<String>> reader : READERS.entrySet()) {
            allReadOrRefused(reader.getKey(), texts, reader.getValue());
        }
    }

    private static void readOrRefused(Consumer<String> reader, String text) {
        try {
            reader.accept(text);
        } catch (BuildRefused e) {
            assertThat(e.what()).isNotEmpty();
        }
    }

    private static void allReadOrRefused(String name, List<String> texts, Consumer<String> reader)
            throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    for (String text : texts) {
                        try {
                            readOrRefused(reader, text);
                        } catch (Throwable e) {
                            failure.compareAndSet(
                                    null,
                                    new AssertionError(
                                            "the " + name + " " + text.substring(0, Math.min(60, text.length())), e));
                        }
                    }
                },
                name,
                SMALL_STACK);
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }
}
