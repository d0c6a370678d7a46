import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.DockerDaemon
import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    def archive = stage.file('target/pycontainer/image.tar')
    def image = "${stage.registry().host()}/it/tar".toString()
    stage.log().hasNoWarnings().says("archived   $archive", "as $image:1.0, $image:latest", "docker load -i $archive")

    // For skopeo it is an OCI archive with the layout's digest under each tag; what it copies from there is whole and runs.
    ['1.0', 'latest'].each { tag ->
        assertThat(Command.of('skopeo', 'inspect', '--format', '{{.Digest}}', "oci-archive:$archive:$tag").run())
                .isEqualTo(stage.digest())
    }
    Command.of('skopeo', 'copy', '--quiet', '--preserve-digests', '--dest-tls-verify=false',
            "oci-archive:$archive:1.0", "docker://$image:1.0").run()
    assertThat(stage.pull().unpack().container().run()).startsWith('Hello, Docker! from user 65532')

    // A Docker daemon loads it under both names, shows the id that the build told, and runs it.
    try (docker = DockerDaemon.start(stage.scratch('docker'))) {
        assertThat(docker.run('load', '-i', archive).readLines())
                .containsExactlyInAnyOrder("Loaded image: $image:1.0".toString(), "Loaded image: $image:latest".toString())
        ['1.0', 'latest'].each { tag ->
            assertThat(docker.run('image', 'inspect', '--format', '{{.Id}}', "$image:$tag"))
                    .isEqualTo(stage.file('target/pycontainer/image.id').text)
        }
        assertThat(docker.run('run', '--rm', '--network=none', '--read-only', "$image:1.0"))
                .isEqualTo('Hello, Docker! from user 65532\nRead-only file system')
    }
}
