import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.PulledImage
import dev.pycontainer.testkit.Stage
import groovy.xml.XmlSlurper
import java.nio.file.Files

Stage.judge(context) { stage ->
    stage.log().hasNoWarnings().says('There is no Python project here: nothing to build.', 'There is no Python project here: nothing to push.')
    assertThat(stage.file('target/pycontainer')).doesNotExist()

    def digest = Stage.digest(stage.project().resolve('service'))
    def image = PulledImage.pull("${stage.registry().host()}/it/bound-by-hand", digest, stage.scratch('pulled'))
    assertThat(image.unpack().container().run()).isEqualTo('clock --utc\n')
    assertThat(stage.registry().log()).contains(
            'PUT /v2/it/bound-by-hand/manifests/1.0 201',
            'PUT /v2/it/bound-by-hand/manifests/latest 201',
            'PUT /v2/it/bound-by-hand/manifests/stable 201')

    // On the command line: what there is, and a build where there is no POM.
    def plugin = new XmlSlurper().parse(stage.file('pom.xml')).build.plugins.plugin
    def goal = { name -> "${plugin.groupId}:${plugin.artifactId}:${plugin.version}:$name" as String }
    stage.maven().succeeds(goal('help')).says('pycontainer:build', 'pycontainer:push', 'pycontainer:help')
    def alone = stage.scratch('alone')
    Stage.copy(stage.project().resolve('service'), alone)
    Files.delete(alone.resolve('pom.xml'))
    stage.maven(alone).with('pycontainer.from.image', "${stage.registry().host()}/base/python:3.11")
            .with('pycontainer.python.run', 'clock.py').succeeds(goal('build'))
    assertThat(alone.resolve('target/pycontainer/layout/index.json')).exists()

    // One archive for each module that is built.
    stage.maven().succeeds(goal('tar')).says('There is no Python project here: nothing to archive.', 'archived ')
    assertThat(stage.file('target/pycontainer')).doesNotExist()
    assertThat(stage.file('service/target/pycontainer/image.tar')).exists()
}
