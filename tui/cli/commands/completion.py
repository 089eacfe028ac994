"""`reinspect completion`: print the script that completes commands and their arguments in a shell."""

from __future__ import annotations

import click

_BASH = r"""_reinspect_completion() {
    # bash takes "camden:2017" and "grade:leaders=good" apart; here they stay whole, and what is typed already is cut.
    local line=${COMP_LINE:0:COMP_POINT} word="" cut="" quote="" begun="" char type value
    local -i at place=0
    for ((at = 0; at < ${#line}; at++)); do
        char=${line:at:1}
        if [[ $quote ]]; then
            if [[ $char == "$quote" ]]; then quote=""; else word+=$char; fi
            continue
        fi
        case $char in
            [[:space:]]) [[ $begun ]] && place+=1; begun="" word="" cut=""; continue ;;
            \"|\') quote=$char cut="" ;;
            \\) at+=1; word+=${line:at:1} ;;
            [:=]) word+=$char; cut=$word ;;
            *) word+=$char ;;
        esac
        begun=yes
    done
    # Of --group=region:London only what stands behind the first = is completed.
    [[ $cut == --*=* ]] && cut=${cut#*=}
    COMPREPLY=()
    while IFS=',' read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                # A kind of cohort is not a whole word yet.
                [[ $value == *[:=\>] ]] && compopt -o nospace
                value=${value#"$cut"}
                # A space or a > that nobody has quoted would end the word.
                [[ $quote ]] || printf -v value %q "$value"
                COMPREPLY+=("$value") ;;
        esac
    done < <(COMP_WORDS="$line" COMP_CWORD=$place _REINSPECT_COMPLETE=bash_complete "$1")
}
complete -o nosort -F _reinspect_completion reinspect
"""


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for your shell.

    \b
    bash  eval "$(reinspect completion bash)"   in ~/.bashrc
    zsh   eval "$(reinspect completion zsh)"    in ~/.zshrc, after compinit
    fish  reinspect completion fish > ~/.config/fish/completions/reinspect.fish

    \b
    Example:
      reinspect completion bash
    """
    if shell == "bash":
        click.echo(_BASH, nl=False)
        return
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(ctx.find_root().command, {}, "reinspect", "_REINSPECT_COMPLETE").source())
