package dev.pycontainer.packaging.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.Proxies;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.http.Retry;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.IndexNotes;
import dev.pycontainer.packaging.lock.LockedFiles;
import dev.pycontainer.packaging.lock.LockedPackage;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import dev.pycontainer.testkit.CacheFiles;
import dev.pycontainer.testkit.EndlessBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broken and hostile indexes, a table: the rule, how the index breaks it, and the answer, which names the place and says
 * what to do. After each the cache holds no file.
 *
 * <p>No row breaks two rules, so that each fails when its check is removed: {@code src/test/mutation/run} shows it.
 */
class HostileIndexTest {

    private static final PackageName WEB = PackageName.of("web");
    private static final Version VERSION = Version.parse("1.0");
    private static final String FILE = "web-1.0-py3-none-any.whl";
    private static final String CONTENT = "the bytes of the wheel";
    private static final Digest SHA256 = Digest.of(CONTENT);

    /** What the answers say of a fault of the index's own. */
    private static final String REPORT =
            "check the index's URL; if it is right, report the page to those who run the index";

    private static final String OTHER_BYTES = "run the build again; if it stays so, the index serves other bytes than"
            + " were locked: find out why before locking again";
    private static final String LOCK_AGAIN =
            "lock again; the files may have been removed, or the hashes may be of another index's files";

    @TempDir
    Path cache;

    private final MockWebServer server = new MockWebServer();
    private final Tally tally = new Tally();
    private final Http http = new Http(
            HttpSettings.standard(),
            RequestLog.SILENT,
            tally,
            new Retry(3, wait -> assertThat(wait).isLessThan(Duration.ofHours(1)), InstantSource.system()),
            Proxies.ofJvm());

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    /** @param answers the last of them stands for all further ones */
    private record Row(String rule, String how, List<MockResponse.Builder> answers, String message) {
        @Override
        public String toString() {
            return rule + ": " + how;
        }
    }

    private static Stream<Row> rule(String rule, Row... rows) {
        return Arrays.stream(rows).map(row -> new Row(rule, row.how, row.answers, row.message));
    }

    private static Row row(String how, MockResponse.Builder answer, String message) {
        return new Row("", how, List.of(answer), message);
    }

    /** A refusal of the page; {@code where} is added to the page's own place. */
    private static String message(String what, String where, String why, String todo) {
        return what + "\n  where  package \"web\" 1.0: {page}" + (where.isEmpty() ? "" : ": " + where)
                + (why.isEmpty() ? "" : "\n  why    " + why) + "\n  do     " + todo;
    }

    private static String refused(String what, String why) {
        return message(what, "", why, REPORT);
    }

    private static String refusedFile(String what, String why) {
        return message(what, "file " + FILE, why, REPORT);
    }

    private static String nothingFound(String files) {
        return """
                No index has a file of web 1.0 with a hash of the lock.
                  where  package "web" 1.0
                  why    the page of {index} lists %s
                  do     %s""".formatted(files, LOCK_AGAIN);
    }

    private static MockResponse.Builder answer(String type, String body) {
        return new MockResponse.Builder().addHeader("Content-Type", type).body(body);
    }

    private static MockResponse.Builder json(String body) {
        return answer(IndexPage.JSON, body);
    }

    private static MockResponse.Builder html(String body) {
        return answer("text/html", body);
    }

    private static String page(String files) {
        return "{\"meta\": {\"api-version\": \"1.1\"}, \"name\": \"web\", \"files\": " + files + "}";
    }

    /** A page with one file, whose keys are these besides its name. */
    private static MockResponse.Builder file(String keys) {
        return json(page("[{\"filename\": \"" + FILE + "\"" + (keys.isEmpty() ? "" : ", ") + keys + "}]"));
    }

    private static String hashes(String sha256) {
        return "\"hashes\": {\"sha256\": \"" + sha256 + "\"}";
    }

    private static final String URL = "\"url\": \"/f/" + FILE + "\"";
    private static final String HASHES = hashes(SHA256.hex());

    private static Row url(String url, String why) {
        return row(
                url,
                file("\"url\": " + url + ", " + HASHES),
                refusedFile("The index's page has a file without an HTTP or HTTPS URL.", why));
    }

    private static Row size(String size) {
        return row(
                size,
                file(URL + ", " + HASHES + ", \"size\": " + size),
                refusedFile(
                        "The index's page has a file with an impossible size.",
                        "its \"size\" is not a number of bytes"));
    }

    private static Row yanked(String yanked) {
        return row(
                yanked,
                file(URL + ", " + HASHES + ", \"yanked\": " + yanked),
                refusedFile(
                        "The index's page does not tell clearly whether a file was yanked.",
                        "its \"yanked\" is neither true nor false nor a reason"));
    }

    private static Row type(String type, MockResponse.Builder answer) {
        return row(
                type,
                answer,
                message(
                        "The index answered with something other than a page.",
                        "",
                        "its content type is " + type,
                        "check the index's URL"));
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static MockResponse.Builder coded(String coding, byte[] body) {
        return json("").setHeader("Content-Encoding", coding).body(new Buffer().write(body));
    }

    private static MockResponse.Builder status(int code) {
        return new MockResponse.Builder().code(code);
    }

    private static MockResponse.Builder redirect(String location) {
        return status(302).addHeader("Location", location);
    }

    // The JSON form: PEP 691, PEP 700

    static Stream<Row> jsonPages() {
        return Stream.of(
                        rule(
                                "it is a JSON object",
                                row(
                                        "HTML",
                                        json("<html></html>"),
                                        refused(
                                                "The index's page is not valid JSON.",
                                                "Unexpected character ('<' (code 60)): expected a valid value (JSON String, Number, Array,"
                                                        + " Object or token 'null', 'true' or 'false'), near line 1")),
                                row("nothing", json(""), refused("The index's page is not a JSON object.", "")),
                                row("an array", json("[]"), refused("The index's page is not a JSON object.", "")),
                                row(
                                        "its beginning",
                                        json(page("[")),
                                        refused(
                                                "The index's page is not valid JSON.",
                                                "Unexpected close marker '}': expected ']', near line 1")),
                                row(
                                        "a key twice",
                                        json("{\"files\": [], \"files\": []}"),
                                        refused(
                                                "The index's page is not valid JSON.",
                                                "Duplicate property \"files\", near line 1")),
                                row(
                                        "5000 arrays in each other",
                                        json(page("[".repeat(5000))),
                                        refused(
                                                "The index's page is not valid JSON.",
                                                "Document nesting depth (201) exceeds the maximum allowed (200)")),
                                row(
                                        "a number of 2000 digits",
                                        file("\"size\": " + "9".repeat(2000)),
                                        refused(
                                                "The index's page is not valid JSON.",
                                                "Number value length (2000) exceeds the maximum allowed (1000)")),
                                row(
                                        "Latin-1",
                                        json("").body(new Buffer().write("{\"\u00fc\": 1}".getBytes(ISO_8859_1))),
                                        refused(
                                                "The index's page is not valid JSON.",
                                                "Invalid UTF-8 start byte 0xfc, near line 1"))),
                        rule(
                                "its version is 1",
                                row(
                                        "none",
                                        json("{\"files\": []}"),
                                        message(
                                                "The index's page does not tell its version of the simple API.",
                                                "",
                                                "version 1 can be read",
                                                "use an index that speaks version 1, or a mirror that does")),
                                row(
                                        "2.0",
                                        json("{\"meta\": {\"api-version\": \"2.0\"}, \"files\": []}"),
                                        message(
                                                "The index speaks version \"2.0\" of the simple API.",
                                                "",
                                                "version 1 can be read",
                                                "use an index that speaks version 1, or a mirror that does"))),
                        rule(
                                "it lists files",
                                row(
                                        "nothing",
                                        json("{\"meta\": {\"api-version\": \"1.0\"}}"),
                                        refused("The index's page lists no files.", "its \"files\" is missing")),
                                row(
                                        "an object",
                                        json(page("{}")),
                                        refused("The index's page lists no files.", "its \"files\" is not an array"))),
                        rule(
                                "a file has a name",
                                row(
                                        "none",
                                        json(page("[{" + URL + ", " + HASHES + "}]")),
                                        refused(
                                                "The index's page has a file without a name.",
                                                "its \"filename\" is missing")),
                                row(
                                        "no object",
                                        json(page("[\"" + FILE + "\"]")),
                                        refused(
                                                "The index's page has a file without a name.",
                                                "its \"filename\" is missing")),
                                row(
                                        "empty",
                                        json(page("[{\"filename\": \"\", " + URL + ", " + HASHES + "}]")),
                                        refused(
                                                "The index's page has a file without a name.",
                                                "its \"filename\" is no text, or empty")),
                                row(
                                        "a number",
                                        json(page("[{\"filename\": 1, " + URL + ", " + HASHES + "}]")),
                                        refused(
                                                "The index's page has a file without a name.",
                                                "its \"filename\" is no text, or empty")),
                                row(
                                        "with an escape code",
                                        json(page("[{\"filename\": \"web-1.0\\u001b[2J\\n.whl\", " + URL + ", " + HASHES
                                                + "}]")),
                                        message(
                                                "The index's page gives a file a name that no file can have.",
                                                "file web-1.0 [2J .whl",
                                                "the name is too long, or holds white space or control characters",
                                                REPORT)),
                                row(
                                        "without end",
                                        json(page("[{\"filename\": \"" + "w".repeat(100_000) + "\", " + URL + ", "
                                                + HASHES + "}]")),
                                        message(
                                                "The index's page gives a file a name that no file can have.",
                                                "file " + "w".repeat(300) + "…",
                                                "the name is too long, or holds white space or control characters",
                                                REPORT))),
                        rule(
                                "a file has an HTTP or HTTPS URL",
                                row(
                                        "none",
                                        file(HASHES),
                                        refusedFile(
                                                "The index's page has a file without an HTTP or HTTPS URL.",
                                                "its \"url\" is missing")),
                                url("7", "its \"url\" is something else"),
                                url("null", "its \"url\" is something else"),
                                url("\"file:///etc/passwd\"", "its \"url\" is something else"),
                                url("\"javascript:alert(1)\"", "its \"url\" is something else"),
                                url("\"ftp://files.example/web.whl\"", "its \"url\" is something else"),
                                url("\"https://[files.example/web.whl\"", "its \"url\" is something else"),
                                url("\"https://files.example:99999/\"", "its \"url\" is something else")),
                        rule(
                                "a file's URL holds no credentials",
                                row(
                                        "user and password",
                                        file("\"url\": \"https://me:secret@files.example/" + FILE + "\", " + HASHES),
                                        message(
                                                "The URL of a file on files.example holds credentials.",
                                                "file " + FILE,
                                                "the index's page tells them to all its readers",
                                                "let the index serve its files without them, or with the login that the index"
                                                        + " itself asks for")),
                                row(
                                        "a user alone",
                                        file("\"url\": \"https://me@files.example/" + FILE + "\", " + HASHES),
                                        message(
                                                "The URL of a file on files.example holds credentials.",
                                                "file " + FILE,
                                                "the index's page tells them to all its readers",
                                                "let the index serve its files without them, or with the login that the index"
                                                        + " itself asks for")),
                                row(
                                        "a password alone",
                                        file("\"url\": \"https://:secret@files.example/" + FILE + "\", " + HASHES),
                                        message(
                                                "The URL of a file on files.example holds credentials.",
                                                "file " + FILE,
                                                "the index's page tells them to all its readers",
                                                "let the index serve its files without them, or with the login that the index"
                                                        + " itself asks for"))),
                        rule(
                                "a file has hashes",
                                row(
                                        "none",
                                        file(URL),
                                        refusedFile(
                                                "The index's page has a file without hashes.",
                                                "its \"hashes\" is missing")),
                                row(
                                        "an array",
                                        file(URL + ", \"hashes\": []"),
                                        refusedFile(
                                                "The index's page has a file without hashes.",
                                                "its \"hashes\" is not an object that maps names to hex digits")),
                                row(
                                        "a number",
                                        file(URL + ", \"hashes\": {\"sha256\": 7}"),
                                        refusedFile(
                                                "The index's page has a file without hashes.",
                                                "its \"hashes\" is not an object that maps names to hex digits"))),
                        rule(
                                "only a SHA-256 of the lock counts",
                                row(
                                        "63 digits",
                                        file(URL + ", " + hashes(SHA256.hex().substring(1))),
                                        nothingFound(
                                                "1 file of all versions, none with one of the 1 hash, and without telling any"
                                                        + " SHA-256")),
                                row(
                                        "no hex digit",
                                        file(URL + ", "
                                                + hashes("g" + SHA256.hex().substring(1))),
                                        nothingFound(
                                                "1 file of all versions, none with one of the 1 hash, and without telling any"
                                                        + " SHA-256")),
                                row(
                                        "another file's",
                                        file(URL + ", " + hashes("a".repeat(64))),
                                        nothingFound("1 file of all versions, none with one of the 1 hash"))),
                        rule(
                                "a size is a number of bytes",
                                size("-1"),
                                size("\"7\""),
                                size("1.5"),
                                size("9223372036854775808"),
                                size("18446744073709551617")),
                        rule("yanked is a boolean or a reason", yanked("1"), yanked("[]")),
                        rule(
                                "the index's words are one line of text",
                                row(
                                        "an escape code in a reason",
                                        json("{\"meta\": {\"api-version\": \"1.4\"}, \"files\": [], \"project-status\":"
                                                + " {\"status\": \"quarantined\", \"reason\": \"a\\u001b[2J\\nb\"}}"),
                                        message(
                                                "The index has put this project into quarantine.",
                                                "",
                                                "it says: a [2J b",
                                                "find out why before you install it from anywhere; lock without it until"
                                                        + " then"))))
                .flatMap(rows -> rows);
    }

    // The HTML form: PEP 503, PEP 629

    static Stream<Row> htmlPages() {
        String link = FILE + "#sha256=" + SHA256.hex();
        return Stream.of(
                        rule(
                                "its version is 1",
                                row(
                                        "2.0",
                                        html("<meta name='pypi:repository-version' content='2.0'>"),
                                        message(
                                                "The index speaks version \"2.0\" of the simple API.",
                                                "",
                                                "version 1 can be read",
                                                "use an index that speaks version 1, or a mirror that does"))),
                        rule(
                                "it links to files",
                                row(
                                        "a login page",
                                        html("<form action=/login><input name=password></form>"),
                                        nothingFound("0 files of all versions, none with one of the 1 hash")),
                                row(
                                        "a link in a comment",
                                        html("<!-- <a href='" + link + "'>w</a>"),
                                        nothingFound("0 files of all versions, none with one of the 1 hash")),
                                row(
                                        "100000 open tags",
                                        html("<div>".repeat(100_000)),
                                        nothingFound("0 files of all versions, none with one of the 1 hash")),
                                row(
                                        "100000 open quotes",
                                        html("<a href='".repeat(100_000)),
                                        nothingFound(
                                                "1 file of all versions, none with one of the 1 hash, and without telling any"
                                                        + " SHA-256"))),
                        rule(
                                "a link leads to an HTTP or HTTPS URL",
                                row(
                                        "file:",
                                        html("<a href='file:///" + link + "'>w</a>"),
                                        nothingFound("0 files of all versions, none with one of the 1 hash")),
                                row(
                                        "javascript:, escaped",
                                        html("<a href='&#x6a;avascript:" + link + "'>w</a>"),
                                        nothingFound("0 files of all versions, none with one of the 1 hash")),
                                row(
                                        "an entity of its own",
                                        html("<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                                                + "<a href='ftp://&x;/" + link + "'>w</a>"),
                                        nothingFound("0 files of all versions, none with one of the 1 hash")),
                                row(
                                        "no character",
                                        html("<a href='ftp://&#x110000;&#0;/" + link + "'>w</a>"),
                                        nothingFound("0 files of all versions, none with one of the 1 hash"))),
                        rule(
                                "a base makes no other file of a link",
                                row(
                                        "with credentials",
                                        html("<base href='//me:secret@files.example'><a href='" + link + "'>w</a>"),
                                        message(
                                                "The URL of a file on files.example holds credentials.",
                                                "file " + FILE,
                                                "the index's page tells them to all its readers",
                                                "let the index serve its files without them, or with the login that the index itself"
                                                        + " asks for"))),
                        rule(
                                "its charset is known",
                                row(
                                        "one of nobody",
                                        answer("text/html; charset=x-none", ""),
                                        refused(
                                                "The index's page is in a charset that is not known.",
                                                "its content type is text/html; charset=x-none"))))
                .flatMap(rows -> rows);
    }

    // The answer: PEP 691, "Version + Format Selection"; RFC 9110

    static Stream<Row> answers() {
        String ok = page("[]");
        return Stream.of(
                        rule(
                                "its type is one of the two forms",
                                type("application/json", answer("application/json", ok)),
                                type(
                                        "application/vnd.pypi.simple.v2+json",
                                        answer("application/vnd.pypi.simple.v2+json", ok)),
                                type("null", new MockResponse.Builder().body(ok))),
                        rule(
                                "its content coding can be undone",
                                row(
                                        "br",
                                        coded("br", ok.getBytes(UTF_8)),
                                        refused(
                                                "The index's page of web comes in a content coding that was not asked for.",
                                                "its content coding is br")),
                                row(
                                        "no gzip",
                                        coded("gzip", ok.getBytes(UTF_8)),
                                        refused(
                                                "The index's page of web is not whole.",
                                                "its content coding is gzip, and it cannot be unpacked to its end")),
                                row(
                                        "half of the gzip",
                                        coded("gzip", Arrays.copyOf(gzip(ok.getBytes(UTF_8)), 30)),
                                        refused(
                                                "The index's page of web is not whole.",
                                                "its content coding is gzip, and it cannot be unpacked to its end")),
                                row(
                                        "a bomb",
                                        coded("gzip", gzip(new byte[(64 << 20) + 1])),
                                        refused(
                                                "The index's page of web is larger than 67108864 bytes, the limit for it.",
                                                ""))),
                        rule(
                                "it ends",
                                row(
                                        "never",
                                        json("").body(new EndlessBody()),
                                        refused(
                                                "The index's page of web is larger than 67108864 bytes, the limit for it.",
                                                "")),
                                row(
                                        "too early",
                                        json(ok).setHeader("Content-Length", 1000)
                                                .onResponseEnd(new SocketEffect.CloseSocket()),
                                        message(
                                                "{host} broke off its answer.",
                                                "GET {page}",
                                                "the connection broke: unexpected end of stream",
                                                "check the network, or try again later"))),
                        rule(
                                "it is a page",
                                row(
                                        "204",
                                        status(204),
                                        message(
                                                "The index gave no page of package \"web\".",
                                                "",
                                                "it answered 204",
                                                "run the build again later")),
                                row(
                                        "206",
                                        status(206)
                                                .addHeader("Content-Type", IndexPage.JSON)
                                                .body(ok),
                                        message(
                                                "The index gave no page of package \"web\".",
                                                "",
                                                "it answered 206",
                                                "run the build again later")),
                                row(
                                        "304, and none is known",
                                        status(304),
                                        message(
                                                "The index gave no page of package \"web\".",
                                                "",
                                                "it answered 304",
                                                "run the build again later"))),
                        rule(
                                "a redirect leads to a page",
                                row(
                                        "to itself",
                                        redirect("/simple/web/"),
                                        message(
                                                "{host} broke off the exchange.",
                                                "GET {page}",
                                                "the connection broke: Too many follow-up requests: 21",
                                                "check the network, or try again later")),
                                row(
                                        "to a file",
                                        redirect("file:///etc/passwd"),
                                        notFollowed("it names file:///etc/passwd")),
                                row(
                                        "to another scheme",
                                        redirect("https://me:secret@index.example/simple/web/?token=secret"),
                                        notFollowed("it names https://index.example/simple/web/?token=…")),
                                row(
                                        "to nowhere",
                                        status(302),
                                        message(
                                                "localhost redirects to where pycontainer does not follow.",
                                                "GET {page}",
                                                "it names no address",
                                                "use the address that it redirects to, if you trust it"))))
                .flatMap(rows -> rows);
    }

    private static String notFollowed(String why) {
        return message(
                "localhost redirects to where pycontainer does not follow.",
                "GET {page}",
                why + "; a redirect between https and http is not followed",
                "use the address that it redirects to, if you trust it");
    }

    @ParameterizedTest
    @MethodSource({"jsonPages", "htmlPages", "answers"})
    void aBrokenPageIsRefused(Row row) throws IOException {
        serves(row.answers);

        assertThatThrownBy(() -> ask(new LockedFiles.Hashed(List.of(SHA256))))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(filled(row.message));
        assertNothingIsKept();
    }

    // Without hashes in the lock: the page's own must tell which bytes are meant

    static Stream<Row> pagesForPins() {
        return Stream.of(
                        rule(
                                "a file of the version has a SHA-256",
                                row(
                                        "63 digits",
                                        file(URL + ", " + hashes("a".repeat(63))),
                                        message(
                                                "The index does not tell the SHA-256 of " + FILE + ".",
                                                "",
                                                "neither lock nor index says which bytes are meant, so that any would do",
                                                "lock with hashes, or use an index that tells them"))),
                        rule(
                                "files are of the package",
                                row(
                                        "another project's",
                                        json(page("[{\"filename\": \"other-1.0-py3-none-any.whl\", " + URL + ", "
                                                + HASHES + "}, {\"filename\": \"other-1.0.tar.gz\", " + URL + ", "
                                                + HASHES + "}]")),
                                        message(
                                                "The index has no file of web 1.0.",
                                                "",
                                                "its page lists 2 files, none of this version",
                                                "lock a version that it has")),
                                row(
                                        "a name that climbs",
                                        json(page(
                                                "[{\"filename\": \"../" + FILE + "\", " + URL + ", " + HASHES + "}]")),
                                        message(
                                                "The index has no file of web 1.0.",
                                                "",
                                                "its page lists 1 file, none of this version",
                                                "lock a version that it has"))))
                .flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("pagesForPins")
    void aPageThatDoesNotTellTheFileOfAPinIsRefused(Row row) throws IOException {
        serves(row.answers);

        assertThatThrownBy(() -> ask(new LockedFiles.Unhashed()))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(filled(row.message));
        assertNothingIsKept();
    }

    @Test
    void aPageInGzipIsRead() {
        serves(List.of(coded(
                "gzip",
                gzip(page("[{\"filename\": \"" + FILE + "\", " + URL + ", " + HASHES + "}]")
                        .getBytes(UTF_8)))));

        ask(new LockedFiles.Hashed(List.of(SHA256)));
    }

    // Downloads

    private static Row row(String how, String message, MockResponse.Builder... answers) {
        return new Row("", how, List.of(answers), message);
    }

    private static String wheel(String what, String where, String why, String todo) {
        return what + "\n  where  wheel " + FILE + ": " + where + "{wheel}\n  why    " + why + "\n  do     " + todo;
    }

    private static String mismatch(String why) {
        return wheel(FILE + " is not what was expected.", "", why, OTHER_BYTES);
    }

    private static String notDownloaded(int status) {
        return wheel(FILE + " cannot be downloaded.", "", "it answered " + status, "run the build again later");
    }

    private static String otherDigest(String bytes) {
        return mismatch("its digest is " + Digest.of(bytes) + " instead of " + SHA256);
    }

    /** The first bytes of a wheel that promises all of them, and that it can be gone on with. */
    private static MockResponse.Builder beginning() {
        return new MockResponse.Builder()
                .addHeader("ETag", "\"1\"")
                .body(CONTENT.substring(0, 4))
                .setHeader("Content-Length", CONTENT.length())
                .onResponseEnd(new SocketEffect.CloseSocket());
    }

    private static MockResponse.Builder rest(String range, String body) {
        return status(206).addHeader("Content-Range", range).body(body);
    }

    static Stream<Row> unsizedWheels() {
        String login = "<html><form action=/login><input name=password></form></html>";
        String end = CONTENT.substring(4);
        String broken = wheel(
                "{host} broke off its answer.",
                "GET ",
                "the connection broke: unexpected end of stream; tried 3 times",
                "check the network, or try again later");
        return Stream.of(
                        rule(
                                "its bytes are the lock's",
                                row("a login page", otherDigest(login), html(login)),
                                row("none", otherDigest(""), new MockResponse.Builder().body("")),
                                row(
                                        "more",
                                        otherDigest(CONTENT + "."),
                                        new MockResponse.Builder().body(CONTENT + "."))),
                        rule(
                                "the answer is the file",
                                row("204", notDownloaded(204), status(204)),
                                row("206, which nobody asked for", notDownloaded(206), rest("bytes 0-3/4", CONTENT))),
                        rule(
                                "what is gone on with is the rest of it",
                                row(
                                        "other bytes",
                                        otherDigest(CONTENT.substring(0, 4) + "x".repeat(end.length())),
                                        beginning(),
                                        rest("bytes 4-21/22", "x".repeat(end.length()))),
                                row(
                                        "from elsewhere",
                                        otherDigest("x"),
                                        beginning(),
                                        rest("bytes 3-21/22", end),
                                        new MockResponse.Builder().body("x")),
                                row(
                                        "of a longer file",
                                        otherDigest("x"),
                                        beginning(),
                                        rest("bytes 4-22/23", end),
                                        new MockResponse.Builder().body("x")),
                                row(
                                        "of no range",
                                        otherDigest("x"),
                                        beginning(),
                                        rest("bytes */22", end),
                                        new MockResponse.Builder().body("x")),
                                row(
                                        "no longer there",
                                        otherDigest("x"),
                                        beginning(),
                                        status(416),
                                        new MockResponse.Builder().body("x")),
                                row(
                                        "gone",
                                        wheel(
                                                FILE + " cannot be downloaded.",
                                                "",
                                                "it answered 404",
                                                "lock again, or, if it was the index that told the address, delete remembered/index-files in the cache: the file is no longer there"),
                                        beginning(),
                                        status(404)),
                                row("only beginnings", broken, beginning(), beginning())),
                        rule(
                                "a redirect leads to it",
                                row(
                                        "to itself",
                                        wheel(
                                                "{host} broke off the exchange.",
                                                "GET ",
                                                "the connection broke: Too many follow-up requests: 21",
                                                "check the network, or try again later"),
                                        redirect("/f/" + FILE)),
                                row(
                                        "to a file",
                                        wheel(
                                                "localhost redirects to where pycontainer does not follow.",
                                                "GET ",
                                                "it names file:///etc/passwd; a redirect between https and http is not followed",
                                                "use the address that it redirects to, if you trust it"),
                                        redirect("file:///etc/passwd"))))
                .flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("unsizedWheels")
    void aBrokenDownloadIsRefused(Row row) throws IOException {
        serves(row.answers);

        assertThatThrownBy(() -> download(OptionalLong.empty()))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(filled(row.message));
        assertNothingIsKept();
    }

    static Stream<Row> sizedWheels() {
        return Stream.of(rule(
                        "it is as long as was said",
                        row(
                                "without end",
                                mismatch("it is longer than the 22 bytes that were announced"),
                                new MockResponse.Builder().body(new EndlessBody())),
                        row("a login page", mismatch("it has 13 bytes instead of 22"), html("<html></html>"))))
                .flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("sizedWheels")
    void aDownloadOfAnotherLengthIsRefused(Row row) throws IOException {
        serves(row.answers);

        assertThatThrownBy(() -> download(OptionalLong.of(CONTENT.length())))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(filled(row.message));
        assertNothingIsKept();
    }

    private void serves(List<MockResponse.Builder> answers) {
        AtomicInteger asked = new AtomicInteger();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answers.get(Math.min(asked.getAndIncrement(), answers.size() - 1))
                        .build();
            }
        });
    }

    private void ask(LockedFiles files) {
        String url = server.url("/simple").toString();
        new PackageIndex(
                        http,
                        new Remembered(cache),
                        new Indexes(
                                List.of(Index.of(Indexes.DEFAULT_ID, url, List.of(), Optional.empty(), "the test"))),
                        Logins.none())
                .files(List.of(new LockedPackage(WEB, Optional.of(VERSION), files, List.of(), List.of(), List.of())));
    }

    private void download(OptionalLong size) {
        SelectedWheel wheel = new SelectedWheel(
                WEB,
                VERSION,
                WheelFileName.parse(FILE),
                SHA256,
                size,
                new FileLocation.Url(server.url("/f/" + FILE).toString()),
                List.of(),
                Optional.empty(),
                IndexNotes.NONE,
                List.of(),
                List.of());
        new DownloadWheel(
                        new Disk(),
                        http,
                        Logins.none(),
                        new BlobStore(cache, tally),
                        PipCache.none(),
                        DownloadEvents.SILENT,
                        tally)
                .of(wheel);
    }

    private String filled(String message) {
        return message.replace("{page}", server.url("/simple/web/").toString())
                .replace("{index}", server.url("/simple").toString())
                .replace("{wheel}", server.url("/f/" + FILE).toString())
                .replace("{host}", "localhost:" + server.getPort());
    }

    private void assertNothingIsKept() throws IOException {
        assertThat(new CacheFiles(cache).entries()).isEmpty();
    }
}
