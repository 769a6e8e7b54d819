# Runs one long script and ends it, with its children, when our input ends: a stream that was dropped leaves nothing running.
use strict; use warnings; use POSIX qw(setpgid);
my $script = shift @ARGV;
my $pid = fork // die $!;
if (!$pid) { setpgid 0, 0; open STDIN, '<', '/dev/null'; exec '/bin/sh', '-c', $script or POSIX::_exit(127) }
setpgid $pid, $pid;
$SIG{CHLD} = sub { exit 0 };
1 while sysread STDIN, my $ignored, 4096;
$SIG{CHLD} = 'DEFAULT';
kill 'KILL', -$pid;
