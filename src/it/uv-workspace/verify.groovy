import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.PulledImage
import dev.pycontainer.testkit.Stage
import dev.pycontainer.testkit.Uv
import groovy.json.JsonSlurper

Stage.judge(context) { stage ->
    stage.log().hasNoWarnings()

    def bundle = { String service ->
        def directory = stage.project().resolve("services/${service}")
        PulledImage.pull(
                "${stage.registry().host()}/it/${service}", Stage.digest(directory), stage.scratch("pulled-${service}")).unpack()
    }
    // What uv would install for one service of the workspace, and the service itself.
    def packages = { String service ->
        def named = new Uv(stage.project().resolve("services/${service}")).export() =~ /(?m)^([\w.-]+)==/
        (named.collect { it[1] } + ['shop-core', service]).toSorted().join(' ')
    }
    def web = bundle('web').container().run().strip().readLines()
    assertThat(web).containsExactly(
            '&lt;xn--bcher-kva.example&gt; /opt/members/shop-core/src/core/__init__.py markupsafe._speedups', packages('web'))
    def worker = bundle('worker').container().run().strip().readLines()
    assertThat(worker).containsExactly('xn--strae-oqa.example', packages('worker'))

    // One member, one layer: both images have the same.
    def layersOf = { String service ->
        new JsonSlurper().parse(stage.file("services/${service}/target/pycontainer/image.json")).platforms[0].layers
    }
    def member = { layers -> layers.find { it.kind == 'member' } }
    assertThat(member(layersOf('web')).packages).isEqualTo([[name: 'shop-core', version: '0.3']])
    assertThat(member(layersOf('worker')).digest).isEqualTo(member(layersOf('web')).digest)

    // A change of the library is a change of that layer, in each image.
    def before = layersOf('web').collect { it.digest }
    stage.file('libs/core/src/core/__init__.py') << '\n# changed\n'
    stage.maven().succeeds('package')
    def after = layersOf('web')
    assertThat(after.findAll { !before.contains(it.digest) }.collect { it.kind }).containsExactly('member')

    // What one service needs and the lock was not made from is told.
    def pyproject = stage.file('libs/core/pyproject.toml')
    pyproject.text = pyproject.text.replace('"idna"', '"idna>=99"')
    assertThat(stage.maven().fails('package').text()).contains('The lock is stale', 'idna>=99')
}
