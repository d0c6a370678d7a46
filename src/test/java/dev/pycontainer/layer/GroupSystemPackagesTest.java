package dev.pycontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import dev.pycontainer.debian.PackageFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupSystemPackagesTest {

    private static final List<SystemPackage> PACKAGES = List.of(
            offered("libc-bin", "g/glibc", 300_000),
            offered("libc6", "g/glibc", 2_000_000),
            offered("libssl3t64", "o/openssl", 900_000),
            offered("netbase", "n/netbase", 10_000),
            offered("zlib1g", "z/zlib", 90_000));

    @Test
    void packagesOfOneSourceShareALayerAndSmallSourcesTheLast() {
        assertThat(names(PACKAGES, 20)).containsExactly("libc-bin libc6", "libssl3t64", "netbase zlib1g");
    }

    @Test
    void whatComesOrGoesOrGrowsChangesOneLayer() {
        List<SystemPackage> more = new ArrayList<>(PACKAGES);
        more.add(offered("libpq5", "p/postgresql-17", 200_000));
        assertThat(names(more, 20)).containsExactly("libc-bin libc6", "libssl3t64", "netbase libpq5 zlib1g");
        more.add(offered("libllvm19", "l/llvm-toolchain-19", 26_000_000));
        assertThat(names(more, 20))
                .containsExactly("libc-bin libc6", "libllvm19", "libssl3t64", "netbase libpq5 zlib1g");
    }

    @Test
    void ofTooManyLargeSourcesTheLargestHaveALayerOfTheirOwn() {
        assertThat(names(PACKAGES, 2)).containsExactly("libc-bin libc6", "netbase libssl3t64 zlib1g");
        assertThat(names(PACKAGES, 1)).containsExactly("libc-bin libc6 netbase libssl3t64 zlib1g");
    }

    @Test
    void aSecurityUpdateIsOfTheSameSource() {
        SystemPackage update = new SystemPackage(
                "libc6", "2", "amd64", file("pool/updates/main/g/glibc/libc6_2_amd64.deb", 2_000_000));
        assertThat(names(List.of(offered("libc-bin", "g/glibc", 300_000), update), 20))
                .containsExactly("libc-bin libc6");
    }

    @Test
    void inAnArchiveWithoutAPoolEachIsASourceOfItsOwn() {
        SystemPackage one = new SystemPackage("one", "1", "all", file("debs/one_1_all.deb", 600_000));
        SystemPackage two = new SystemPackage("two", "1", "all", file("debs/two_1_all.deb", 600_000));
        assertThat(names(List.of(one, two), 20)).containsExactly("one", "two");
    }

    @Test
    void withoutPackagesThereIsNoLayer() {
        assertThat(names(List.of(), 20)).isEmpty();
    }

    private static List<String> names(List<SystemPackage> packages, int most) {
        return new GroupSystemPackages(most)
                .of(packages).stream()
                        .map(group -> String.join(
                                " ", group.stream().map(SystemPackage::name).toList()))
                        .toList();
    }

    private static SystemPackage offered(String name, String source, long size) {
        return new SystemPackage(name, "1", "amd64", file("pool/main/" + source + "/" + name + "_1_amd64.deb", size));
    }

    private static PackageFile file(String path, long size) {
        return new PackageFile(path, size, Digest.of(path));
    }
}
