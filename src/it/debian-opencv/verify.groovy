import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    stage.log().hasNoWarnings()
    def container = stage.pull().unpack().container()
    assertThat(container.user()).isEqualTo('65532:65532')
    assertThat(container.readOnly().run().strip()).isEqualTo('True')

    def pom = stage.file('pom.xml')
    pom.text = pom.text.replaceAll('<packages>.*</packages>', '')
    def lacks = ['libGL.so.1, needed by /opt/venv/lib/python3.13/site-packages/opencv_python.libs/', 'libgthread-2.0.so.0, needed by ', ' to from.packages'] as String[]
    def adds = ~/do     add [^\n]*libgl1\b[^\n]* to from.packages/
    def log = stage.maven().succeeds('package').says(lacks).text()
    assertThat(log).contains('[WARNING] opencv_python-').containsPattern(adds)
    log = stage.maven().with('pycontainer.checks.nativeLibraries', 'fail').fails('package').says(lacks).text()
    assertThat(log).contains('[ERROR] ').containsPattern(adds)
}
