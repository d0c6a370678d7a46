import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Dpkg
import dev.pycontainer.testkit.FileList
import dev.pycontainer.testkit.Stage

// Packages that others depend on, and an image does without.
def without = ['base-passwd', 'debconf', 'dpkg', 'mawk', 'openssl']

// What dpkg unpacks and an image does without; and what mmdebstrap itself leaves in a root.
def leftOut = '''(?x)
      usr/share/(man|info|locale|lintian|doc-base|bug|menu|pixmaps|applications|binfmts)(/.*)?
    | usr/share/doc/[^/]+/(?!copyright$).*
    | usr/share/zoneinfo/(right|posix)(/.*)?
    | dev/.* | etc/(fstab|hostname|resolv\\.conf|apt(/.*)?|dpkg/dpkg\\.cfg\\.d) | var/(lib|cache|log)/apt(/.*)?
    | var/lib/dpkg/(?!status\\.d).*'''

// What their scripts make in a fresh system,
def scripts = '''(?x)
    # of base-files and base-passwd
      etc/(passwd|group|opt|dpkg/origins/default) | (home/nonroot|media|mnt|opt|srv|run/lock|var/(lock|run|opt))
    | usr/local(/(bin|etc|games|include|lib|libexec|man|sbin|share|share/man|src))?
    # of ca-certificates, and the links of openssl
    | etc/(ca-certificates\\.conf|ssl/certs/ca-certificates\\.crt) | usr/lib/ssl(/cert\\.pem|/certs)?
    # of libc-bin, python3.X-minimal with python3-minimal, readline-common, tzdata
    | etc/(ld\\.so\\.cache|nsswitch\\.conf|inputrc|localtime|timezone) | usr/bin/python3'''
// and what the image has of its own.
def own = '(opt/venv|app|var/lib/dpkg/status\\.d)(/.*)?'

Stage.judge(context) { stage ->
    def isAsDpkgUnpacksIt = { String suite ->
        def root = stage.pull().unpack().rootfs()
        assertThat(Dpkg.installed(root, stage.scratch("dpkg-$suite"))).isEqualTo(stage.debianPackages())

        def ours = FileList.of(root)
        def dpkgs = FileList.of(Dpkg.unpack(suite, stage.debianPackages(), without, stage.scratch("unpacked-$suite")))
        def differences = (ours.keySet() + dpkgs.keySet()).findAll { ours[it] != dpkgs[it] }
        assertThat(differences.findAll { !(ours[it] == null ? it ==~ leftOut : it ==~ scripts || it ==~ own) }
                .collect { "$it: ${ours[it]} instead of ${dpkgs[it]}".toString() }).isEmpty()
        assertThat(ours.keySet().findAll { it ==~ leftOut }).isEmpty()
    }
    stage.log().hasNoWarnings()
    isAsDpkgUnpacksIt('trixie')

    stage.maven().with('pycontainer.from.image', 'debian://bookworm').succeeds('deploy').hasNoWarnings()
    isAsDpkgUnpacksIt('bookworm')
}
