import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.Repository
import dev.pycontainer.testkit.Stage
import groovy.json.JsonSlurper

Stage.judge(context) { stage ->
    def digest = stage.digest()
    def pins = new JsonSlurper().parse(stage.file('pycontainer.lock')).debian
    assertThat(pins.collect { [it.suite, it.architecture, it.asked] })
            .containsExactlyInAnyOrder(['trixie', 'amd64', null], ['trixie', 'amd64', ['libgomp1']])
    assertThat(pins*.packages.flatten().collect { "$it.name $it.version".toString() })
            .containsExactlyInAnyOrderElementsOf(stage.debianPackages())
    stage.log().hasNoWarnings()

    [
            'turkish-with-one-thread': {
                it.jvm('-Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Kathmandu -XX:ActiveProcessorCount=1')
                        .environment('LC_ALL', 'tr_TR.UTF-8').umask('077')
            },
            'with-another-jdk'       : { it.environment('JAVA_HOME', Repository.otherJdk().toString()).option('-T4') },
    ].each { name, otherwise ->
        def copy = stage.scratch(name)
        Command.of('sh', '-c', "umask ${name.startsWith('turkish') ? '077' : '022'} && mkdir '$copy' && tar -C '${stage.project()}' --exclude=./target -c . | tar -C '$copy' --no-same-permissions -x").run()
        otherwise(stage.maven(copy).with('pycontainer.cache.directory', stage.scratch("$name-cache"))).succeeds('package')
        assertThat(Stage.digest(copy)).as(name).isEqualTo(digest)
    }
}
