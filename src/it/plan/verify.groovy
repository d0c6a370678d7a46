import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Stage
import groovy.json.JsonSlurper

Stage.judge(context) { stage ->
    def plan = { directory -> new JsonSlurper().parse(new File(directory, 'target/pycontainer/plan.json')) }

    // With the base: its Python's wheels, and nothing built. The cache is the project's own, so that a wheel would be seen.
    def based = plan(stage.project().toFile())
    assertThat(based.base.reference).isEqualTo("${stage.registry().host()}/base/python:3.11".toString())
    assertThat(based.platforms[0].target.subMap('abi', 'libc', 'machine')).isEqualTo([abi: 'cp311', libc: 'glibc', machine: 'x86_64'])
    assertThat(based.platforms[0].packages*.name).containsExactly('click', 'numpy')
    assertThat(based.platforms[0].packages[1].file).contains('-cp311-cp311-manylinux').endsWith('_x86_64.whl')
    assertThat(based.platforms[0].omitted*.name).contains('colorama')
    assertThat(based.platforms[0].command.cmd).isEqualTo(['python', '/app/planned.py'])
    assertThat(stage.file('target/pycontainer/layout')).doesNotExist()
    assertThat(stage.log().text()).contains('numpy', 'left out', 'planned ')

    // Who requires what, and from the command line what no POM says.
    def tree = stage.maven().with('pycontainer.plan.tree', true).with('pycontainer.python.groups', 'test').succeeds('pycontainer:plan')
    assertThat(tree.text()).contains('planned 1.0', '+- click ', 'colorama ', '(group test)')

    // What was planned is what is built.
    stage.maven().succeeds('pycontainer:build')
    def built = stage.image().path('platforms').get(0).path('layers').findAll { it.path('kind').asString() == 'dependencies' }
    assertThat(built.collect { it.path('packages').get(0).path('sha256').asString() })
            .containsExactlyInAnyOrderElementsOf(based.platforms[0].packages*.sha256)

    // Without a base: another Python, another machine, another C library, and no registry asked.
    def alone = stage.scratch('alone')
    Stage.copy(stage.project(), alone)
    def pom = new File(alone.toFile(), 'pom.xml')
    pom.text = pom.text.replaceAll(/(?s)<from>.*<\/from>/, '')
    stage.registry().clearLog()
    def log = stage.maven(alone)
            .with('pycontainer.python.version', '3.12')
            .with('pycontainer.from.platforms', 'linux/arm64')
            .with('pycontainer.python.libc', 'musl-1.2')
            .succeeds('pycontainer:plan')
    assertThat(log.text()).contains('CPython 3.12 (cp312) with musl 1.2 on linux aarch64, as the parameters say; no base')
    assertThat(stage.registry().log()).isEmpty()
    def unbased = plan(alone.toFile())
    assertThat(unbased.base).isNull()
    assertThat(unbased.platforms[0].packages.find { it.name == 'numpy' }.file).contains('-cp312-cp312-musllinux_1_2_aarch64')
}
