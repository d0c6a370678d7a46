import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Command
import dev.pycontainer.testkit.Stage
import dev.pycontainer.testkit.TestRegistry
import groovy.json.JsonOutput

Stage.judge(context) { stage ->
    def password = 'correct-horse-7'
    def base64 = { String text -> text.bytes.encodeBase64().toString() }

    // Maven's and docker's configuration of the machine stay out of it.
    def docker = stage.scratch('docker').toFile()
    def emptyDocker = stage.scratch('empty-docker').toFile()
    [docker, emptyDocker]*.mkdirs()

    try (locked = TestRegistry.start(stage.scratch('locked-registry'), 'alice', password)) {
        def host = locked.host()
        new File(docker, 'config.json').text =
                JsonOutput.toJson([auths: [(host): [auth: base64("alice:$password")]]])
        Command.of('skopeo', 'copy', '--quiet', '--preserve-digests', '--src-tls-verify=false', '--dest-tls-verify=false',
                '--dest-creds', "alice:$password",
                "docker://${stage.registry().host()}/base/python:3.11", "docker://$host/base/python:3.11").run()

        def run = { String tag ->
            stage.maven().environment('DOCKER_CONFIG', emptyDocker.path)
                    .with('pycontainer.to.image', "$host/it/credentials:$tag")
        }
        def size = '[0-9]+\\.[0-9] MiB in'
        def built = { /(?m)^\[INFO] built      ${stage.digest()}, $size 3 layers \($size 2 layers above the base, 0 of wheels\), [0-9.]+ s$/ }
        def pushed = { tag ->
            /(?m)^\[INFO] pushed     $host\/it\/credentials@${stage.digest()} as $tag: [0-9]+ blobs and [0-9]+ manifests? sent, [0-9.]+ s$/
        }

        // Base and image are of the same registry: both goals ask for the password.
        def deploys = { String tag, maven ->
            locked.clearLog()
            def log = maven.option('-X').with('pycontainer.from.image', "$host/base/python:3.11").succeeds('deploy')
            assertThat(locked.log()).contains(
                    'GET /v2/base/python/manifests/3.11 200', "PUT /v2/it/credentials/manifests/$tag 201" as String)
            assertThat(log.text()).contains('[DEBUG] http ')
                    .doesNotContain(password, base64(password), base64("alice:$password"))
                    .containsPattern(built()).containsPattern(pushed(tag))
        }

        deploys('by-parameters', run('by-parameters')
                .with('pycontainer.from.auth.username', 'alice').with('pycontainer.from.auth.password', password)
                .with('pycontainer.to.auth.username', 'alice').with('pycontainer.to.auth.password', password))
        deploys('by-settings', run('by-settings').server(host, 'alice', password))
        deploys('by-docker', run('by-docker').environment('DOCKER_CONFIG', docker.path))

        // In the POM itself, where Maven prints it under -X: so without that.
        def pom = stage.file('pom.xml')
        def plain = pom.text
        def auth = "</image><auth><username>alice</username><password>$password</password></auth>"
        pom.text = plain.replace('</image>', auth)
        def log = run('by-pom').with('pycontainer.from.image', "$host/base/python:3.11").succeeds('deploy')
        assertThat(log.text()).doesNotContain(password)
        assertThat(locked.log()).contains('PUT /v2/it/credentials/manifests/by-pom 201')
        pom.text = plain

        run('by-nobody').fails('deploy').says(
                "$host asks for credentials, and none were found." as String,
                "they are looked for in \"$host\" as <server> of settings.xml, then " as String,
                "$emptyDocker/config.json" as String)
        assertThat(locked.log()).doesNotContain('PUT /v2/it/credentials/manifests/by-nobody 201')
    }

    // A registry that is loopback by address and not by name: plain HTTP is spoken to it only where it is allowed.
    def hosts = stage.scratch('hosts').toFile()
    hosts.text = '127.0.0.1 localhost registry.test\n'
    def named = stage.registry().host().replace('127.0.0.1', 'registry.test')
    def elsewhere = { stage.maven().jvm("-Djdk.net.hosts.file=$hosts").with('pycontainer.to.image', "$named/it/insecure:1.0") }
    elsewhere().fails('deploy').says('allowInsecureRegistries')
    assertThat(stage.registry().log()).doesNotContain('PUT /v2/it/insecure/manifests/1.0 201')
    elsewhere().with('pycontainer.allowInsecureRegistries', true).succeeds('deploy')
    assertThat(stage.registry().log()).contains('PUT /v2/it/insecure/manifests/1.0 201')
}
