import static org.assertj.core.api.Assertions.assertThat

import dev.pycontainer.testkit.Stage

Stage.judge(context) { stage ->
    stage.log().hasNoWarnings()
    def bundle = stage.pull().unpack()

    assertThat(bundle.container().user()).isEqualTo('65532:65532')
    assertThat(bundle.container().run().strip().readLines()).containsExactly(
            '2.0: faster, smaller', 'release-notes 1.4.0 <4.0,>=3.11', '4')

    // Of the lock what the project and its extra need: not its group for development, nothing for another Python.
    def packages = stage.image().at('/platforms/0/layers').collect { it.path('packages').collect { it.path('name').asString() } }
    assertThat(packages.flatten()).containsExactlyInAnyOrder(
            'jinja2', 'markdown-it-py', 'markupsafe', 'mdurl', 'pygments', 'pyyaml', 'rich')

    // A dependency that the lock was not made from is told with its line.
    def pyproject = stage.file('pyproject.toml')
    pyproject.text = pyproject.text.replace('jinja2 = "^3.1"', 'jinja2 = "^2.11"')
    assertThat(stage.maven().fails('deploy').text())
            .contains('tool.poetry.dependencies.jinja2', 'jinja2 = "^2.11"')
}
