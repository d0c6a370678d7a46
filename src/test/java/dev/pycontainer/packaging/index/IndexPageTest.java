package dev.pycontainer.packaging.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.lock.ServedMetadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simple repository API, as one page in both of its forms. */
class IndexPageTest {

    private static final String URL = "https://index.example/simple/web/";
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final Optional<Digest> SHA256 = Optional.of(new Digest(HEX));

    private static Optional<List<IndexFile>> read(String page, String type) {
        return IndexPage.read(page.getBytes(StandardCharsets.UTF_8), type, URL);
    }

    private static List<IndexFile> html(String page) {
        return read(page, "text/html").orElseThrow();
    }

    private static List<IndexFile> json(String page) {
        return read(page, IndexPage.JSON).orElseThrow();
    }

    private static IndexFile file(
            String name, String url, Optional<Digest> sha256, OptionalLong size, Optional<String> yanked) {
        return file(name, url, sha256, size, yanked, "");
    }

    private static IndexFile file(
            String name,
            String url,
            Optional<Digest> sha256,
            OptionalLong size,
            Optional<String> yanked,
            String requiresPython) {
        return new IndexFile(
                name, url, sha256, size, IndexFile.notes(yanked, Optional.of(requiresPython), Optional.empty()));
    }

    @Test
    void theJsonFormIsRead() {
        assertThat(json("""
                        {"meta": {"api-version": "1.4", "_last-serial": 7}, "name": "web", "versions": ["1.0"], "files": [
                          {"filename": "web-1.0.tar.gz", "url": "https://files.example/web-1.0.tar.gz", "hashes": {}},
                          {"filename": "web-1.0-py3-none-any.whl", "url": "../../files/web-1.0-py3-none-any.whl#egg",
                           "hashes": {"md5": "00", "sha256": "%s"}, "requires-python": ">=3.8", "size": 1234, "yanked": false},
                          {"filename": "a.whl", "url": "a.whl", "hashes": {"sha256": "%s"}, "yanked": true},
                          {"filename": "b.whl", "url": "b.whl", "hashes": {"sha256": "%s"}, "yanked": "broken"}]}
                        """.formatted(HEX, HEX.toUpperCase(java.util.Locale.ROOT), HEX)))
                .containsExactly(
                        file(
                                "web-1.0.tar.gz",
                                "https://files.example/web-1.0.tar.gz",
                                Optional.empty(),
                                OptionalLong.empty(),
                                Optional.empty()),
                        file(
                                "web-1.0-py3-none-any.whl",
                                "https://index.example/files/web-1.0-py3-none-any.whl",
                                SHA256,
                                OptionalLong.of(1234),
                                Optional.empty(),
                                ">=3.8"),
                        file("a.whl", URL + "a.whl", SHA256, OptionalLong.empty(), Optional.of("")),
                        file("b.whl", URL + "b.whl", SHA256, OptionalLong.empty(), Optional.of("broken")));
    }

    /** PEP 714: the new name goes before the old one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"core-metadata\": true | data-core-metadata=true | true | -",
                "\"core-metadata\": {\"sha256\": \"HEX\"} | data-core-metadata='sha256=HEX' | true | HEX",
                "\"core-metadata\": {\"md5\": \"00\"} | data-core-metadata='md5=00' | true | -",
                "\"dist-info-metadata\": {\"sha256\": \"HEX\"} | data-dist-info-metadata='sha256=HEX' | true | HEX",
                "\"core-metadata\": true, \"dist-info-metadata\": {\"sha256\": \"HEX\"}"
                        + " | data-core-metadata=true data-dist-info-metadata='sha256=HEX' | true | -",
                "\"core-metadata\": false | data-core-metadata=false | false | -",
                "\"core-metadata\": 7 | data-core-metadata | false | -",
                "\"yanked\": false | class=x | false | -"
            })
    void aPageTellsWhereMetadataIsServed(String json, String html, boolean isServed, String hash) {
        Optional<ServedMetadata> served = isServed
                ? Optional.of(new ServedMetadata(Optional.of(hash.replace("HEX", HEX))
                        .filter(hex -> !hex.equals("-"))
                        .map(Digest::new)))
                : Optional.empty();

        assertThat(json(
                        ("{\"meta\": {\"api-version\": \"1.4\"}, \"files\": [{\"filename\": \"a.whl\", \"url\": \"a.whl\","
                                        + " \"hashes\": {}, " + json + "}]}")
                                .replace("HEX", HEX)))
                .extracting(file -> file.notes().metadata())
                .containsExactly(served);
        assertThat(html(("<a href=a.whl " + html + ">a</a>").replace("HEX", HEX)))
                .extracting(file -> file.notes().metadata())
                .containsExactly(served);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {">=3.8 | >=3.8", ">=3.6.* | ''", "3.8 and more | ''", "'' | ''"})
    void pythonsThatNoSpecifierTellsAreNotTold(String written, String read) {
        assertThat(html("<a href=a.whl data-requires-python='%s'>a</a>".formatted(written)))
                .extracting(file -> file.notes()
                        .requiresPython()
                        .map(SpecifierSet::toString)
                        .orElse(""))
                .containsExactly(read);
    }

    @Test
    void whatIsNullIsNotTold() {
        assertThat(json("""
                        {"meta": {"api-version": "1.4"}, "files": [
                          {"filename": "a.whl", "url": "a.whl", "hashes": {"sha256": null}, "size": null, "yanked": null,
                           "requires-python": null, "core-metadata": null}]}
                        """))
                .containsExactly(
                        file("a.whl", URL + "a.whl", Optional.empty(), OptionalLong.empty(), Optional.empty()));
    }

    /** pip finds a hash anywhere in a fragment. */
    @Test
    void aHashMayStandBesideOtherWords() {
        assertThat(html("<a href='a.whl#egg=a&amp;sha256={hex}'>a</a><a href='b.whl#sha256={hex}&amp;egg=b'>b</a>"
                        .replace("{hex}", HEX)))
                .extracting(IndexFile::sha256)
                .containsExactly(SHA256, SHA256);
    }

    @Test
    void theHtmlFormIsRead() {
        assertThat(html("""
                        <!DOCTYPE html>
                        <html><head><meta name="repository-version" content="1.1"><title>a < b</title></head><body>
                        <!-- <a href="https://files.example/old.whl">old.whl</a> -->
                        <a href="https://files.example/web-1.0.tar.gz">web-1.0.tar.gz</a><br/>
                        <A CLASS=x data-requires-python=">=3.8, <4" HREF='../../files/web-1.0%2Bcpu-py3-none-any.whl?a=1&amp;b=2#sha256={hex}'>x</A>
                        <a href=b.whl#sha256={hex} data-yanked>b</a>
                        <a href="c.whl#md5=00" data-yanked="&quot;broken&quot; &#38; &#x3c;old&#x3E; &unknown;">c</a>
                        <a name="top">no file</a> <a href="mailto:me@index.example">me</a>
                        </body></html>
                        """.replace("{hex}", HEX)))
                .containsExactly(
                        file(
                                "web-1.0.tar.gz",
                                "https://files.example/web-1.0.tar.gz",
                                Optional.empty(),
                                OptionalLong.empty(),
                                Optional.empty()),
                        file(
                                "web-1.0+cpu-py3-none-any.whl",
                                "https://index.example/files/web-1.0%2Bcpu-py3-none-any.whl?a=1&b=2",
                                SHA256,
                                OptionalLong.empty(),
                                Optional.empty(),
                                ">=3.8,<4"),
                        file("b.whl", URL + "b.whl", SHA256, OptionalLong.empty(), Optional.of("")),
                        file(
                                "c.whl",
                                URL + "c.whl",
                                Optional.empty(),
                                OptionalLong.empty(),
                                Optional.of("\"broken\" & <old> &unknown;")));
    }

    @Test
    void htmlMayHaveAnyWhiteSpaceBetweenItsWords() {
        String page = "<a\thref\n=\r'b.whl#sha256={hex}'\fdata-yanked = x\t/><3 <= <é <{ <[ <@ <` href = c.whl >"
                .replace("{hex}", HEX);

        assertThat(html(page))
                .containsExactly(file("b.whl", URL + "b.whl", SHA256, OptionalLong.empty(), Optional.of("x")));
    }

    @Test
    void onlyTheElementsThatAreMeantAreRead() {
        assertThat(html("""
                        <link href="https://files.example/style.whl"><area href="b.whl">
                        <p name="pypi:project-status" content="quarantined">
                        <a href="a.whl" name="pypi:repository-version" content="9.0">
                        """)).extracting(IndexFile::fileName).containsExactly("a.whl");
    }

    @Test
    void aBaseElementMovesRelativeUrls() {
        assertThat(html("<base href=\"https://mirror.example/f/\"><a href=\"web.whl\">web.whl</a>"))
                .extracting(IndexFile::url)
                .containsExactly("https://mirror.example/f/web.whl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<a href='x.whl",
                "<a href=",
                "<a",
                "<",
                "<!-- <a href='x.whl'>",
                "<a =>",
                "<a / / href>",
                "<a ''>",
                "text </a> text"
            })
    void brokenHtmlEnds(String page) {
        assertThat(html(page)).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.pypi.simple.v1+json, true",
        "Application/VND.pypi.simple.v1+JSON; charset=utf-8, true",
        "application/json, false",
        "application/vnd.pypi.simple.v2+json, false",
        "text/plain, false",
        "null, false"
    })
    void onlyTheTwoFormsAreRead(String type, boolean read) {
        assertThat(read("{\"meta\": {\"api-version\": \"1.0\"}, \"files\": []}", type)
                        .isPresent())
                .isEqualTo(read);
    }

    @Test
    void aMinorVersionIsNoHindrance() {
        assertThat(html("<meta name='pypi:repository-version' content='1.9'>")).isEmpty();
        assertThat(json("{\"meta\": {\"api-version\": \"1.9\"}, \"files\": []}"))
                .isEmpty();
    }

    @Test
    void ofSeveralBaseElementsTheFirstCountsForAllLinks() {
        assertThat(html("<a href='web.whl'>w</a><base target='x'><base href='/f/'><base href='https://evil.example/'>"))
                .extracting(IndexFile::url)
                .containsExactly("https://index.example/f/web.whl");
    }

    @Test
    void theHtmlFormIsReadInItsCharset() {
        byte[] page = "<a href=web.whl data-yanked='\u00fcbel'>w</a>".getBytes(StandardCharsets.UTF_16LE);

        assertThat(IndexPage.read(page, "text/html; charset=\"utf-16le\"", URL).orElseThrow())
                .extracting(file -> file.notes().yanked())
                .containsExactly(Optional.of("\u00fcbel"));
    }

    @Test
    void linksThatClimbStayOnTheirHost() {
        assertThat(html("<a href='../../../../../../etc/web.whl'>w</a><a href='%2e%2e/%2e%2e/%2e%2e/web.whl'>w</a>"))
                .extracting(IndexFile::url)
                .containsExactly("https://index.example/etc/web.whl", "https://index.example/web.whl");
    }

    @ParameterizedTest
    @CsvSource({"active, false", "archived, false", "deprecated, false", "unheard-of, false", "quarantined, true"})
    void onlyAQuarantinedProjectIsRefused(String status, boolean refused) {
        String json = "{\"meta\": {\"api-version\": \"1.4\"}, \"files\": [], \"project-status\": {\"status\": \"%s\"}}";
        String html = "<meta name='pypi:project-status' content='%s'>"
                + "<meta name='pypi:project-status-reason' content='steals keys'>";
        if (!refused) {
            assertThat(json(json.formatted(status))).isEmpty();
            assertThat(html(html.formatted(status))).isEmpty();
            return;
        }
        assertThatThrownBy(() -> json(json.formatted(status))).hasMessage("""
                        The index has put this project into quarantine.
                          why    it holds it for unsafe, such as for malware
                          do     find out why before you install it from anywhere; lock without it until then""");
        assertThatThrownBy(() -> html(html.formatted(status)))
                .hasMessageContaining("\n  why    it says: steals keys\n");
    }
}
