# Writes files and runs lines that are read from stdin, each part ended by a zero byte, so that nothing of them stands in an argument list:
#   file PATH MODE CONTENT    run SECONDS LINE
# The first that fails ends it: its number (from 0) and exit code are printed, then what it said, and the exit code is 3.
part() { IFS= read -r -d '' "$1"; }
number=0
while part what; do
  log=$(mktemp)
  if [ "$what" = file ]; then
    part path && part mode && part content
    { mkdir -p "${path%/*}/" && printf %s "$content" > "$path" && chmod "$mode" "$path"; } > "$log" 2>&1
  else
    part seconds && part line
    # The line comes by stdin too: a program that it leaves behind has only its own arguments.
    timeout -k 1 "$seconds" bash <<< "$line" > "$log" 2>&1
  fi
  code=$?
  if [ "$code" != 0 ]; then
    echo "$number $code"
    tail -c 4000 "$log"
    rm -f "$log"
    exit 3
  fi
  rm -f "$log"
  number=$((number + 1))
done
