import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    def digest = stage.digest()

    // The same build again, from the cache.
    stage.maven().succeeds('package')
    assertThat(stage.digest()).isEqualTo(digest)

    // Offline: what the cache holds is enough, and what it lacks is named.
    stage.maven().option('-o').succeeds('package')
    assertThat(stage.digest()).isEqualTo(digest)
    stage.maven().option('-o').with('pycontainer.cache.directory', stage.scratch('empty-cache')).fails('package')
            .says('is not in the cache, and the build is offline.', 'build once without -o')
    stage.maven().option('-o').fails('deploy').says('Nothing can be pushed offline.')

    // Elsewhere and otherwise, each with an empty cache, so that every layer is written anew.
    [
            'another-directory'   : { it },
            'turkish'             : { it.jvm('-Duser.language=tr -Duser.country=TR') },
            'thai-digits'         : { it.jvm('-Duser.language=th -Duser.country=TH -Duser.variant=TH') },
            'kathmandu'           : { it.jvm('-Duser.timezone=Asia/Kathmandu') },
            'latin-1'             : { it.jvm('-Dfile.encoding=ISO-8859-1') },
            'c-locale'            : { it.environment('LC_ALL', 'C') },
            'umask-077'           : { it.umask('077') },
            'with-a-warm-cache'   : { it.with('pycontainer.cache.directory', stage.scratch('another-directory-cache')) },
    ].each { name, otherwise ->
        def copy = stage.scratch(name)
        def umask = name == 'umask-077' ? '077' : '022'
        Command.of('sh', '-c', "umask $umask && mkdir '$copy' && tar -C '${stage.project()}' --exclude=./target -c . | tar -C '$copy' --no-same-permissions -x").run()
        otherwise(stage.maven(copy).with('pycontainer.cache.directory', stage.scratch("$name-cache"))).succeeds('package')
        assertThat(Stage.digest(copy)).as(name).isEqualTo(digest)
    }
}
