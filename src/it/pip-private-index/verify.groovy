import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    def index = context.get('index')
    def lock = stage.file('requirements.txt')
    stage.log().hasNoWarnings()
    assertThat(stage.pull().unpack().container().run()).isEqualTo('Hello, world!\n')
    assertThat(index.log()).contains(
            'GET /simple/acme-core/ 200', 'GET /packages/acme_greet-1.1-py3-none-any.whl 200')
    def digest = stage.digest()

    def run = { String name, String indexes ->
        stage.maven().with('pycontainer.cache.directory', stage.scratch("cache-$name")).with('pycontainer.python.indexes', indexes)
    }
    def plain = "id=corp url=http://${index.host()}/simple"

    // The password from settings.xml, which no log shows.
    def log = run('settings', plain).option('-X').server('corp', 'alice', 'correct-horse-7').succeeds('package')
    assertThat(log.text()).doesNotContain('correct-horse-7', 'alice:correct-horse-7'.bytes.encodeBase64().toString())
    assertThat(stage.digest()).isEqualTo(digest)

    // The password as uv takes it.
    run('variables', plain).environment('UV_INDEX_CORP_USERNAME', 'alice').environment('UV_INDEX_CORP_PASSWORD', 'correct-horse-7')
            .succeeds('package')

    run('wrong', plain).server('corp', 'alice', 'hush').fails('package').says(
            "${index.host()} does not let the credentials of \"alice\" read this.", 'why    it answered 403')
    run('none', plain).fails('package').says(
            "${index.host()} asks for credentials, and none were found.", 'do     add a <server> to settings.xml whose id is "corp"')

    // The same lock elsewhere, and this index as its mirror.
    lock.text = lock.text.replace(index.url(), 'https://index.example/simple/')
    run('mirror', "$plain mirrorOf=https://index.example/simple").server('corp', 'alice', 'correct-horse-7').succeeds('package')

    // A file of the locked name whose hash is not the lock's is not taken.
    lock.text = lock.text.replaceFirst('(acme_greet==1.1 --hash=sha256:)[0-9a-f]{64}', "\$1${'0' * 64}")
    run('other', "$plain mirrorOf=https://index.example/simple").server('corp', 'alice', 'correct-horse-7').fails('package').says(
            'No index has a file of acme-greet 1.1 with a hash of the lock.',
            "the page of http://${index.host()}/simple lists 1 file of all versions, none with one of the 1 hash")
    index.close()
}
