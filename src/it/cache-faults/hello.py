import click

click.echo("hello")
