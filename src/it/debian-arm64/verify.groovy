import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.Dpkg
import dev.pycontainer.testkit.FileList
import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    stage.log().hasNoWarnings()
    def image = stage.pull()
    assertThat(Command.of('skopeo', 'inspect', '--tls-verify=false', '--format', '{{.Os}}/{{.Architecture}}',
            "docker://${stage.registry().host()}/it/debian-arm64@${image.digest()}").run()).isEqualTo('linux/arm64')
    def bundle = image.unpack()
    def root = bundle.rootfs()

    // Every ELF file is for EM_AARCH64, the interpreter and the wheel's among them.
    def elf = FileList.of(root).findAll { it.value.startsWith('f') }.keySet().findAll { path ->
        def head = root.resolve(path).toFile().withInputStream { it.readNBytes(20) }
        def isElf = head.length == 20 && new String(head, 0, 4, 'ISO-8859-1') == '\u007fELF'
        assertThat(!isElf || [head[18] & 0xff, head[19]] == [183, 0]).as(path).isTrue()
        isElf
    }
    assertThat(elf).hasSizeGreaterThan(40).contains('usr/bin/python3.13').anyMatch { it.startsWith('opt/venv/') }

    assertThat(Command.of('ldconfig', '-p', '-C', root.resolve('etc/ld.so.cache')).run())
            .contains('libz.so.1 (libc6,AArch64) => /lib/aarch64-linux-gnu/libz.so.1')
    assertThat(Dpkg.installed(root, stage.scratch('dpkg'))).isEqualTo(stage.debianPackages())

    def emulator = Command.of('sh', '-c', 'command -v qemu-aarch64-static').run()
    assertThat(bundle.container().mount(new File(emulator).toPath(), '/qemu').readOnly()
            .command('/qemu', '/opt/venv/bin/python', 'hello.py').run().readLines())
            .containsExactly('aarch64 /opt/venv markupsafe._speedups 1', 'True libz.so.1 loaded')
}
