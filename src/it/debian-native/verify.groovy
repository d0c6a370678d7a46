import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    // No alarm, with nothing below the wheels but trixie's Python.
    stage.log().hasNoWarnings()
    def wheels = stage.image().at('/platforms/0/layers').collectMany { layer -> layer.path('packages').collect { it.path('file').asString() } }
    assertThat(wheels.findAll { it.endsWith('x86_64.whl') }).hasSizeGreaterThanOrEqualTo(50)

    def names = ['acme-arm', 'acme-musl', 'acme-newer']
    stage.file('uv.lock').delete()
    stage.file('requirements.txt').text = names.collect { "$it==1.0\n" }.join()
    stage.file('pyproject.toml').with { it.text = it.text.replaceFirst(/(?s)dependencies = \[.*]/, "dependencies = ${names.inspect()}") }
    stage.with('pycontainer.from.image', 'debian://bookworm').with('pycontainer.python.wheelhouse', stage.scratch('wheels'))

    def packages = '/opt/venv/lib/python3.11/site-packages'
    def told = stage.maven().with('pycontainer.checks.nativeLibraries', 'warn').succeeds('package').says(
            'acme_arm-1.0-cp311-cp311-manylinux_2_17_x86_64.whl holds files for aarch64, and the image is for x86_64.',
            "$packages/acme_arm/_speedups.cpython-311-aarch64-linux-gnu.so: for aarch64",
            "acme_musl-1.0-cp311-cp311-manylinux_2_17_x86_64.whl holds libraries made for musl, and the image's C library is glibc.",
            "libc.musl-x86_64.so.1, needed by $packages/acme_musl/_speedups.cpython-311-x86_64-linux-musl.so",
            'acme_newer-1.0-cp311-cp311-manylinux_2_17_x86_64.whl needs a newer libc.so.6 than the image has.',
            "GLIBC_2.38 of libc.so.6, needed by $packages/acme_newer/libuv.so.1").text()
    // Neither musl itself, which lies beside the extension, nor anything else.
    assertThat(told.readLines().findAll { it.startsWith('[WARNING]') }).hasSize(3)
    assertThat(told).doesNotContain('acme_musl/libc.so', 'file more')

    stage.maven().fails('package').says('[ERROR] Failed to execute goal', 'acme_arm-1.0-cp311-cp311-manylinux_2_17_x86_64.whl holds files for aarch64')
}
