"""`reinspect completion`: what a shell needs to complete commands, authorities, inspections and cohorts."""

from __future__ import annotations

import click

_BASH = """\
_reinspect_completion() {
    # bash takes "camden:2017" and "grade:leaders=good" apart; here they stay whole, and what is typed already is cut.
    local line=${COMP_LINE:0:COMP_POINT} word cut="" type value
    word=${line##*[[:space:]]}
    [[ $word == [!-]*[:=]* ]] && cut=${word%"${word##*[:=]}"}
    local -a words
    read -ra words <<< "$line"
    [[ -z $word ]] && words+=("")
    COMPREPLY=()
    while IFS=',' read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                # A kind of cohort is not a whole word yet.
                [[ $value == *[:=] ]] && compopt -o nospace
                COMPREPLY+=("${value#"$cut"}") ;;
        esac
    done < <(COMP_WORDS="$line" COMP_CWORD=$((${#words[@]} - 1)) _REINSPECT_COMPLETE=bash_complete "$1")
}
complete -o nosort -F _reinspect_completion reinspect
"""


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print what a shell needs to complete the words of this program.

    \b
    bash  eval "$(reinspect completion bash)"   in ~/.bashrc
    zsh   eval "$(reinspect completion zsh)"    in ~/.zshrc, after compinit
    fish  reinspect completion fish > ~/.config/fish/completions/reinspect.fish
    """
    if shell == "bash":
        click.echo(_BASH, nl=False)
        return
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(ctx.find_root().command, {}, "reinspect", "_REINSPECT_COMPLETE").source())
