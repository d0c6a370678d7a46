package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.layer.KeptLayers;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.lock.LearnedHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The file {@code pycontainer.lock}: what it says, how it is written, and what is refused. */
class PycontainerLockTest {

    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String BASE = "registry.example/python:3.11";
    private static final String AGAIN = "restore it from version control, or delete it and run mvn pycontainer:lock";

    @TempDir
    Path project;

    private static PycontainerLock parse(String text) {
        return PycontainerLock.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(PycontainerLock lock) {
        return new String(lock.content(), StandardCharsets.UTF_8);
    }

    private static LearnedHash hash(String name, String version, String sha256) {
        return new LearnedHash(
                PackageName.of(name),
                Version.parse(version),
                WheelFileName.parse(name + "-" + version + "-py3-none-any.whl"),
                new Digest(sha256));
    }

    @Test
    void itIsWrittenAsTheDesignSays() throws IOException {
        PycontainerLock.in(new Disk(), project)
                .withBase(BASE, Platform.LINUX_AMD64, Optional.of(new Digest(A)))
                .withPython("3.11")
                .withHashes(List.of(hash("web", "1.0", B), hash("lib", "2.0", A)))
                .writeTo(project);

        assertThat(project.resolve("pycontainer.lock")).hasContent("""
                {
                  "formatVersion" : 1,
                  "base" : {
                    "reference" : "registry.example/python:3.11",
                    "platforms" : [
                      {
                        "platform" : "linux/amd64",
                        "digest" : "sha256:%1$s"
                      }
                    ]
                  },
                  "python" : "3.11",
                  "hashes" : [
                    {
                      "name" : "lib",
                      "version" : "2.0",
                      "file" : "lib-2.0-py3-none-any.whl",
                      "sha256" : "%1$s"
                    },
                    {
                      "name" : "web",
                      "version" : "1.0",
                      "file" : "web-1.0-py3-none-any.whl",
                      "sha256" : "%2$s"
                    }
                  ]
                }
                """.formatted(A, B));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(project.resolve("pycontainer.lock"))))
                .isEqualTo("rw-r--r--");
        assertThat(project.toFile().list()).containsExactly("pycontainer.lock");
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        PycontainerLock.in(new Disk(), project)
                .withBase(BASE, Platform.LINUX_AMD64, Optional.of(new Digest(A)))
                .withPython("3.11")
                .withHashes(List.of(hash("web", "1.0", B)))
                .writeTo(project);

        PycontainerLock read = PycontainerLock.in(new Disk(), project);

        assertThat(read.baseFor(BASE, Platform.LINUX_AMD64)).contains(new Digest(A));
        assertThat(read.baseFor(BASE, Platform.parse("linux/arm64"))).isEmpty();
        assertThat(read.python()).contains("3.11");
        assertThat(read.hashes()).containsExactly(hash("web", "1.0", B));
    }

    @Test
    void withoutTheFileNothingIsLocked() {
        PycontainerLock none = PycontainerLock.in(new Disk(), project);

        assertThat(none.baseFor(BASE, Platform.LINUX_AMD64)).isEmpty();
        assertThat(none.python()).isEmpty();
        assertThat(none.hashes()).isEmpty();
    }

    @Test
    void whatIsNotKnownStays() {
        PycontainerLock before = parse("""
                {"formatVersion": 1, "other": [["web"]], "base": {"reference": "%s", "new": 1, "platforms": [
                  {"platform": "linux/arm64", "digest": "sha256:%s", "new": 2}, {"platform": "linux/amd64", "digest": "sha256:%s"}]},
                 "hashes": [{"name": "web", "version": "1.0", "file": "web-1.0-py3-none-any.whl", "sha256": "%s", "new": 3}]}
                """.formatted(BASE, A, A, A));

        PycontainerLock after = before.withBase(BASE, Platform.LINUX_AMD64, Optional.of(new Digest(B)))
                .withPython("3.11")
                .withHashes(List.of(hash("web", "1.0", A), hash("lib", "2.0", B)));

        assertThat(after.baseFor(BASE, Platform.parse("linux/arm64"))).contains(new Digest(A));
        assertThat(after.changesSince(before))
                .containsExactly(
                        "base " + BASE + " for linux/amd64: sha256:" + B, "python 3.11", "lib==2.0 --hash=sha256:" + B);
        assertThat(text(after))
                .contains("\"other\" :")
                .contains("\"new\" : 1")
                .contains("\"new\" : 2")
                .contains("\"new\" : 3");
    }

    @Test
    void anotherBaseTakesNothingOver() {
        PycontainerLock before = PycontainerLock.in(new Disk(), project)
                .withBase(BASE, Platform.parse("linux/arm64"), Optional.of(new Digest(A)))
                .withBase(BASE, Platform.LINUX_AMD64, Optional.of(new Digest(A)))
                .withPython("3.10");

        PycontainerLock after = before.withBase(
                        "registry.example/python:3.12", Platform.LINUX_AMD64, Optional.of(new Digest(A)))
                .withPython("3.12");

        assertThat(after.baseFor("registry.example/python:3.12", Platform.parse("linux/arm64")))
                .isEmpty();
        assertThat(after.changesSince(before))
                .containsExactly(
                        "base registry.example/python:3.12 for linux/amd64: sha256:" + A, "python 3.12, was 3.10");
    }

    @Test
    void aHashThatIsNoLongerNeededIsToldAndGone() {
        PycontainerLock before = PycontainerLock.in(new Disk(), project).withHashes(List.of(hash("web", "1.0", A)));

        PycontainerLock after = before.withHashes(List.of());

        assertThat(after.hashes()).isEmpty();
        assertThat(after.changesSince(before)).containsExactly("no longer web==1.0 --hash=sha256:" + A);
        assertThat(text(PycontainerLock.in(new Disk(), project).withHashes(List.of())))
                .doesNotContain("hashes");
    }

    @Test
    void hashesStandInTheOrderOfTheirNamesAndVersions() {
        assertThat(PycontainerLock.in(new Disk(), project)
                        .withHashes(List.of(
                                hash("web", "1.0", A),
                                hash("lib", "2.0", A),
                                hash("zoo", "1", A),
                                hash("app", "1", A),
                                hash("lib", "1.0", B)))
                        .hashes())
                .extracting(hash -> hash.name() + " " + hash.version())
                .containsExactly("app 1", "lib 1.0", "lib 2.0", "web 1.0", "zoo 1");
    }

    private static KeptLayers layers(Map<String, Integer> shared) {
        TreeMap<PackageName, OptionalInt> layers = new TreeMap<>();
        shared.forEach((name, number) ->
                layers.put(PackageName.of(name), number == 0 ? OptionalInt.empty() : OptionalInt.of(number)));
        return new KeptLayers(layers);
    }

    @Test
    void layersAreKeptByPlatform() {
        Platform arm = Platform.parse("linux/arm64");
        KeptLayers kept = layers(Map.of("numpy", 0, "h11", 3, "idna", 3, "click", 12));

        PycontainerLock before = PycontainerLock.in(new Disk(), project).withLayers(arm, layers(Map.of("numpy", 1)));
        PycontainerLock after = before.withLayers(Platform.LINUX_AMD64, kept);

        assertThat(after.layers(Platform.LINUX_AMD64)).isEqualTo(kept);
        assertThat(after.layers(arm)).isEqualTo(layers(Map.of("numpy", 1)));
        assertThat(after.layers(Platform.parse("linux/s390x"))).isEqualTo(KeptLayers.NONE);
        assertThat(after.changesSince(before)).containsExactly("layers of 4 wheels for linux/amd64");
        assertThat(after.withLayers(Platform.LINUX_AMD64, layers(Map.of("h11", 0)))
                        .layers(Platform.LINUX_AMD64))
                .isEqualTo(layers(Map.of("h11", 0)));
        assertThat(parse(text(after)).layers(Platform.LINUX_AMD64)).isEqualTo(kept);
        assertThat(text(after)).isEqualTo("""
                {
                  "formatVersion" : 1,
                  "layers" : [
                    {
                      "platform" : "linux/arm64",
                      "own" : [ ],
                      "shared" : [
                        {
                          "number" : 1,
                          "packages" : [
                            "numpy"
                          ]
                        }
                      ]
                    },
                    {
                      "platform" : "linux/amd64",
                      "own" : [
                        "numpy"
                      ],
                      "shared" : [
                        {
                          "number" : 3,
                          "packages" : [
                            "h11",
                            "idna"
                          ]
                        },
                        {
                          "number" : 12,
                          "packages" : [
                            "click"
                          ]
                        }
                      ]
                    }
                  ]
                }
                """);
    }

    @Test
    void theSameIsNotWrittenAgain() throws IOException {
        Path file = Files.writeString(
                project.resolve("pycontainer.lock"), "{\"formatVersion\":1,\"python\":\"3.11\",\"hashes\":[]}");

        PycontainerLock.in(new Disk(), project).withPython("3.11").writeTo(project);

        assertThat(file).content().isEqualTo("{\"formatVersion\":1,\"python\":\"3.11\",\"hashes\":[]}");
    }

    @Test
    void anotherBaseThanTheConfiguredOneIsRefused() {
        PycontainerLock lock = PycontainerLock.in(new Disk(), project)
                .withBase(BASE, Platform.LINUX_AMD64, Optional.of(new Digest(A)));

        assertThatThrownBy(() -> lock.baseFor("registry.example/python:3.12", Platform.LINUX_AMD64))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                pycontainer.lock was written for another base.
                  where  pycontainer.lock
                  why    it names registry.example/python:3.11, from.image is registry.example/python:3.12
                  do     run mvn pycontainer:lock, or set from.image to what it names""");
    }

    @Test
    void whatIsNoFileIsRefused() throws IOException {
        Path file = project.resolve("pycontainer.lock");
        Files.createDirectories(file);
        assertThatThrownBy(() -> PycontainerLock.in(new Disk(), project))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("pycontainer.lock cannot be read.\n  why    java.io.IOException: ");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("nowhere"));
        assertThatThrownBy(() -> PycontainerLock.in(new Disk(), project))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("pycontainer.lock cannot be read.");
        Files.delete(file);
        Files.write(file, new byte[16 << 20]);
        assertThatThrownBy(() -> PycontainerLock.in(new Disk(), project))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("pycontainer.lock is not valid JSON.");
        Files.write(file, new byte[(16 << 20) + 1]);
        assertThatThrownBy(() -> PycontainerLock.in(new Disk(), project))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                pycontainer.lock is larger than 16777216 bytes, the limit for it.
                  do     %s""".formatted(AGAIN));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                row("", "", "pycontainer.lock is not a JSON object."),
                row("[]", "", "pycontainer.lock is not a JSON object."),
                format("{}", "no format"),
                format("{\"formatVersion\": 2}", "format 2"),
                format("{\"formatVersion\": \"1\"}", "format \"1\""),
                format("{\"formatVersion\": 1.0}", "format 1.0"),
                format("{\"formatVersion\": 4294967297}", "format 4294967297"),
                row(of("\"base\": \"" + BASE + "\""), "pycontainer.lock", "\"base\" is not an object."),
                row(of("\"base\": null"), "pycontainer.lock", "\"base\" is not an object."),
                row(of("\"base\": {}"), "pycontainer.lock: base", "\"reference\" is missing."),
                row(of("\"base\": {\"reference\": 1}"), "pycontainer.lock: base", "\"reference\" is not a text."),
                row(of("\"layers\": {}"), "pycontainer.lock", "\"layers\" is not an array."),
                row(of("\"layers\": [[\"web\"]]"), "pycontainer.lock: layers[0]", "\"platform\" is missing."),
                layers("\"own\": {}", "\"own\" is not an array."),
                layers("\"own\": [1]", "\"own\" holds 1, which is no name of a package."),
                row(
                        of("\"layers\": [{\"platform\": \"linux/amd64\", \"own\": [\"-\"]}]"),
                        "pycontainer.lock: layers[0]",
                        "\"-\" is not a package name.",
                        "a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit"),
                layers("\"own\": [\"A.b\", \"a-b\"]", "The package a-b has two layers."),
                layers("\"shared\": 1", "\"shared\" is not an array."),
                layers("\"shared\": [[]]", "\"number\" is missing."),
                layers("\"shared\": [{\"number\": 0}]", "\"number\" is not between 1 and 127."),
                layers("\"shared\": [{\"number\": 128}]", "\"number\" is not between 1 and 127."),
                layers("\"shared\": [{\"number\": 4294967297}]", "\"number\" is not between 1 and 127."),
                layers("\"shared\": [{\"number\": 1, \"packages\": 1}]", "\"packages\" is not an array."),
                layers(
                        "\"own\": [\"web\"], \"shared\": [{\"number\": 1, \"packages\": [\"web\"]}]",
                        "The package web has two layers."),
                row(
                        of("\"layers\": [{\"platform\": \"linux/amd64\"}, {\"platform\": \"linux/amd64\"}]"),
                        "pycontainer.lock: layers[1]",
                        "The platform linux/amd64 stands there twice."),
                row(base("{}"), "pycontainer.lock", "\"base.platforms\" is not an array."),
                row(base("[1]"), "pycontainer.lock: base.platforms[0]", "\"platform\" is missing."),
                row(
                        base("[{\"platform\": \"linux\"}]"),
                        "pycontainer.lock: base.platforms[0]",
                        "\"linux\" is not a platform.",
                        null,
                        "write os/architecture, for example linux/amd64"),
                row(
                        base("[{\"platform\": \"linux/amd64\"}]"),
                        "pycontainer.lock: base.platforms[0]",
                        "\"digest\" is missing."),
                row(
                        base("[{\"platform\": \"linux/amd64\", \"digest\": \"" + A + "\"}]"),
                        "pycontainer.lock: base.platforms[0]",
                        "\"" + A + "\" is not a digest of the form sha256:<64 hex digits>."),
                row(
                        base("[{\"platform\": \"linux/amd64\", \"digest\": \"sha256:" + A + "\"},"
                                + " {\"platform\": \"linux/amd64\", \"digest\": \"sha256:" + B + "\"}]"),
                        "pycontainer.lock: base.platforms[1]",
                        "The platform linux/amd64 stands there twice."),
                row(of("\"python\": 3.11"), "pycontainer.lock: python", "\"python\" is not a text."),
                row(
                        of("\"python\": \"3.11.2\""),
                        "pycontainer.lock: python",
                        "\"3.11.2\" is no Python version of two numbers."),
                row(of("\"python\": \"3\""), "pycontainer.lock: python", "\"3\" is no Python version of two numbers."),
                row(
                        of("\"python\": \"3.011\""),
                        "pycontainer.lock: python",
                        "\"3.011\" is no Python version of two numbers."),
                row(of("\"hashes\": {}"), "pycontainer.lock", "\"hashes\" is not an array."),
                row(of("\"hashes\": [[]]"), "pycontainer.lock: hashes[0]", "\"name\" is missing."),
                row(
                        hashed("-web", "1.0", "web-1.0-py3-none-any.whl", A),
                        "pycontainer.lock: hashes[0]",
                        "\"-web\" is not a package name.",
                        "a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit"),
                row(
                        hashed("web", "one", "web-1.0-py3-none-any.whl", A),
                        "pycontainer.lock: hashes[0]",
                        "\"one\" is not a version.",
                        "PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]"),
                row(
                        hashed("web", "1.0", "web-1.0.tar.gz", A),
                        "pycontainer.lock: hashes[0]",
                        "\"web-1.0.tar.gz\" is not a wheel's file name.",
                        "it does not end with .whl"),
                row(
                        hashed("web", "1.0", "web-1.0-py3-none-any.whl", "A".repeat(64)),
                        "pycontainer.lock: hashes[0]",
                        "\"" + "A".repeat(64) + "\" is not a SHA-256 digest in lower-case hex."),
                row(
                        hashed("web", "1.0", "web-1.1-py3-none-any.whl", A),
                        "pycontainer.lock: hashes[0]",
                        "The wheel web-1.1-py3-none-any.whl is not of web 1.0."),
                row(
                        hashed("web", "1.0", "evil-1.0-py3-none-any.whl", A),
                        "pycontainer.lock: hashes[0]",
                        "The wheel evil-1.0-py3-none-any.whl is not of web 1.0."),
                row(
                        of("\"hashes\": [" + entry("web", "1.0", "web-1.0-py3-none-any.whl", A) + ","
                                + entry("web", "1.0", "web-1.0-py3-none-any.whl", B) + "]"),
                        "pycontainer.lock: hashes[1]",
                        "The file web-1.0-py3-none-any.whl stands there twice."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void eachIsToldWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(BuildRefused.class).hasMessage(message);
    }

    @Test
    void aKeyThatStandsThereTwiceIsRefused() {
        assertThatThrownBy(() -> parse("{\"formatVersion\": 1, \"python\": \"3.11\", \"python\": \"3.12\"}"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("pycontainer.lock is not valid JSON.\n  why    Duplicate ")
                .hasMessageEndingWith("\n  do     " + AGAIN);
        assertThatThrownBy(() -> parse("[".repeat(100_000)))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("pycontainer.lock is not valid JSON.");
    }

    private static String of(String fields) {
        return "{\"formatVersion\": 1, " + fields + "}";
    }

    private static String base(String platforms) {
        return of("\"base\": {\"reference\": \"" + BASE + "\", \"platforms\": " + platforms + "}");
    }

    private static String hashed(String name, String version, String file, String sha256) {
        return of("\"hashes\": [" + entry(name, version, file, sha256) + "]");
    }

    private static String entry(String name, String version, String file, String sha256) {
        return "{\"name\": \"%s\", \"version\": \"%s\", \"file\": \"%s\", \"sha256\": \"%s\"}"
                .formatted(name, version, file, sha256);
    }

    private static Arguments layers(String fields, String what) {
        return row(
                of("\"layers\": [{\"platform\": \"linux/amd64\", " + fields + "}]"),
                "pycontainer.lock: layers[0]",
                what);
    }

    private static Arguments row(String text, String place, String what) {
        return row(text, place, what, null);
    }

    private static Arguments row(String text, String place, String what, String why) {
        return row(text, place, what, why, AGAIN);
    }

    private static Arguments row(String text, String place, String what, String why, String todo) {
        return Arguments.of(
                text,
                what + (place.isEmpty() ? "" : "\n  where  " + place) + (why == null ? "" : "\n  why    " + why)
                        + "\n  do     " + todo);
    }

    private static Arguments format(String text, String format) {
        return row(
                text,
                "",
                "pycontainer.lock is of " + format + ".",
                "format 1 can be read",
                "delete it and run mvn pycontainer:lock, or use the version of this plugin that wrote it");
    }
}
