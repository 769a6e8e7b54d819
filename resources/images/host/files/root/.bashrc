# The shell of a node. It stands in a few milliseconds: nothing here starts a program.
case $- in *i*) ;; *) return ;; esac

HISTSIZE=5000 HISTFILESIZE=10000 HISTCONTROL=ignoreboth
shopt -s histappend checkwinsize

alias ls='ls --color=auto' ll='ls -l --color=auto' la='ls -la --color=auto'
alias grep='grep --color=auto' diff='diff --color=auto'
alias ip='ip --color=auto' bridge='bridge --color=auto'

export LESS=-R EDITOR=vim
# The names of files in the eight plain colours, which read well on a dark and on a light ground.
export LS_COLORS='di=01;34:ln=36:so=35:pi=33:ex=32:bd=33:cd=33:or=31:mi=31'

# All of bash-completion is read when the first Tab asks for it, not before the first prompt.
_patchbay_completion() {
  unset -f _patchbay_completion
  complete -r -D
  . /usr/share/bash-completion/bash_completion 2>/dev/null && return 124
}
complete -D -F _patchbay_completion

PS1='\[\e[1;32m\]\u@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]\$ '
# Other terminals of this node see the history at their start, and a lost node loses none of it.
PROMPT_COMMAND='history -a'

# Marks for the terminal around this shell (OSC 133): a prompt begins, it stands, a command runs, it has ended with an exit code.
# P: the command needs another line. PATCHBAY_MARKS=0 turns them off.
if [[ ${PATCHBAY_MARKS:-1} != 0 ]]; then
  PROMPT_COMMAND='printf "\e]133;D;%s\a" "$?"; history -a'
  PS0='\e]133;C\a'
  PS1='\[\e]133;A\a\]'$PS1'\[\e]133;B\a\]'
  PS2='> \[\e]133;P;k=s\a\]'
fi
