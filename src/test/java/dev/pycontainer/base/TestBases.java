package dev.pycontainer.base;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Tally;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageConfig;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.testkit.MinimalElf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Small bases in a store of their own, with binaries that hold no more than what real ones tell. */
final class TestBases {

    static final String LOADER = "/lib64/ld-linux-x86-64.so.2";
    static final String BANNER = "GNU C Library (Debian GLIBC 2.36-9+deb12u14) stable release version 2.36.\n"
            + "Copyright (C) 2022 Free Software Foundation, Inc.";
    static final Map<String, String> DEBIAN_PATH = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");

    final Tally tally = new Tally();
    private final BlobStore store;

    TestBases(Path cache) {
        store = new BlobStore(cache, tally);
    }

    /** Debian's layout: a merged usr, glibc 2.36, Python 3.11.2 as python3. */
    static LayerTar debian() throws IOException {
        return debianWithoutPython()
                .program("usr/bin/python3.11", python("3.11.2"))
                .link("usr/bin/python3", "python3.11");
    }

    static LayerTar debianWithoutPython() throws IOException {
        return new LayerTar()
                .link("bin", "usr/bin")
                .link("lib", "usr/lib")
                .link("lib64", "usr/lib64")
                .directory("usr")
                .directory("usr/bin")
                .program("usr/bin/sh", MinimalElf.executable(MinimalElf.X86_64, LOADER))
                .program("usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", MinimalElf.library(MinimalElf.X86_64))
                .program("usr/lib/x86_64-linux-gnu/libc.so.6", MinimalElf.library(MinimalElf.X86_64, BANNER))
                .link("usr/lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2")
                .file("etc/passwd", "root:x:0:0:root:/root:/bin/bash\n")
                .file("etc/group", "root:x:0:\n");
    }

    /** A CPython for glibc on x86_64 that holds its version as the compiler leaves it. */
    static byte[] python(String version) {
        return MinimalElf.executable(MinimalElf.X86_64, LOADER, "GLIBC_2.34", version, "[GCC 12.2.0]", "3.2.0");
    }

    Base base(Map<String, String> environment, LayerTar... layers) throws IOException {
        List<byte[]> blobs = new ArrayList<>();
        List<Digest> diffIds = new ArrayList<>();
        for (LayerTar layer : layers) {
            byte[] tar = layer.tar();
            blobs.add(LayerTar.gzip(tar));
            diffIds.add(Digest.of(tar));
        }
        return base(environment, blobs, diffIds);
    }

    Base base(Map<String, String> environment, List<byte[]> blobs, List<Digest> diffIds) throws IOException {
        ObjectNode json = Json.object();
        json.put("os", "linux").put("architecture", "amd64");
        ArrayNode env = json.putObject("config").putArray("Env");
        environment.forEach((name, value) -> env.add(name + "=" + value));
        ArrayNode ids = json.putObject("rootfs").putArray("diff_ids");
        diffIds.forEach(id -> ids.add(id.toString()));
        return base(json, blobs);
    }

    private Base base(ObjectNode json, List<byte[]> contents) throws IOException {
        ImageConfig config = ImageConfig.of(json);
        ObjectNode manifest = Json.object();
        manifest.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        manifest.set(
                "config",
                Descriptor.of(MediaTypes.OCI_CONFIG, Digest.of(config.bytes()), config.bytes().length)
                        .toJson());
        ArrayNode layers = manifest.putArray("layers");
        List<Blob> blobs = new ArrayList<>();
        for (byte[] content : contents) {
            Blob blob = store.keep(content);
            blobs.add(blob);
            layers.add(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, blob.digest(), blob.size())
                    .toJson());
        }
        Manifest parsed = Manifest.of(manifest);
        return Base.of("registry.test/base:1", parsed.digest(), parsed, config, blobs);
    }
}
