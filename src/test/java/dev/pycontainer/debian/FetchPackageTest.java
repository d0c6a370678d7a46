package dev.pycontainer.debian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.testkit.CacheFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchPackageTest {

    private static final byte[] DEB = "the package".getBytes(UTF_8);
    private static final PackageFile FILE = new PackageFile("pool/libx_1_amd64.deb", DEB.length, Digest.of(DEB));

    private final Tally tally = new Tally();

    @TempDir
    Path directory;

    private Path first;
    private Path second;

    @BeforeEach
    void twoMirrors() throws IOException {
        first = Files.createDirectories(directory.resolve("first/pool")).getParent();
        second = Files.createDirectories(directory.resolve("second/pool")).getParent();
    }

    @Test
    void theFirstMirrorThatHasItIsAskedOnceEver() throws Exception {
        Files.write(second.resolve(FILE.path()), DEB);
        assertThat(fetch().of("libx 1", FILE).open()).hasBinaryContent(DEB);
        Files.delete(second.resolve(FILE.path()));
        assertThat(fetch().of("libx 1", FILE).open()).hasBinaryContent(DEB);
        assertThat(tally.of(Work.FILES_DOWNLOADED)).isEqualTo(1);
    }

    @Test
    void theMirrorOfSecurityUpdatesIsAskedFirstForThose() {
        Mirror main = new DirectoryMirror(first);
        Mirror security = new DirectoryMirror(second);
        Mirror kept = new DirectoryMirror(directory);
        Mirrors mirrors = new Mirrors(main, security, List.of(kept));
        PackageFile update = new PackageFile("pool/updates/main/libx_1.deb", 7, FILE.sha256());
        assertThat(mirrors.inOrderFor(FILE)).containsExactly(main, security, kept);
        assertThat(mirrors.inOrderFor(update)).containsExactly(security, main, kept);
    }

    @Test
    void aVersionThatHasLeftTheMirrorsIsNamed() {
        assertThatThrownBy(() -> fetch().of("libx 1", FILE))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The Debian package libx 1 is no longer on the mirror.
                  why    none of [%s, %s] has pool/libx_1_amd64.deb; an archive keeps a version until the next one replaces it
                  do     run the goal lock to take the versions of today, or add a mirror that keeps old ones to from.debian.fallbacks""".formatted(first.toUri(), second.toUri()));
    }

    @Test
    void otherBytesAreRefusedAndNotKept() throws Exception {
        Files.write(first.resolve(FILE.path()), "other bytes".getBytes(UTF_8));
        Files.write(second.resolve(FILE.path()), DEB);
        assertThatThrownBy(() -> fetch().of("libx 1", FILE))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("\n  where  " + first.resolve(FILE.path()) + "\n")
                .hasMessageContaining("the mirror serves other bytes than Debian signed");
        assertThat(new CacheFiles(directory.resolve("cache")).entries()).isEmpty();
    }

    private FetchPackage fetch() {
        return new FetchPackage(
                new Mirrors(new DirectoryMirror(first), new DirectoryMirror(second), List.of()),
                new BlobStore(directory.resolve("cache"), tally),
                tally);
    }
}
