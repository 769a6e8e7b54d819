# Runs scripts for Patchbay's engine, many at once, and answers each whole. All logic is in the engine; this only forks.
#   request   run ID DEADLINE_MS LENGTH\n<script>
#   answer    done ID EXIT TIMED_OUT OUT_LENGTH ERR_LENGTH\n<stdout><stderr>
# Ends, with all that it started, when its input ends. Perl, because Debian's perl-base is in every image and select() needs no thread.
use strict; use warnings;
use IO::Select; use Time::HiRes qw(time); use POSIX qw(:sys_wait_h setpgid);
use constant LIMIT => 4 << 20;
binmode STDIN; binmode STDOUT; $SIG{PIPE} = 'IGNORE';
my ($input, %job, %by_handle) = ('');
my $select = IO::Select->new(\*STDIN);

sub put { my ($bytes, $at) = (shift, 0); while ($at < length $bytes) { my $n = syswrite STDOUT, $bytes, length($bytes) - $at, $at; finish() unless defined $n; $at += $n } }
sub finish { kill 'KILL', -$_ for map { $_->{pid} } values %job; exit 0 }

sub begin_job {
  my ($id, $ms, $script) = @_;
  pipe my $out, my $out_w or die $!; pipe my $err, my $err_w or die $!;
  my $pid = fork // die $!;
  if (!$pid) {
    setpgid 0, 0; $SIG{PIPE} = 'DEFAULT';
    open STDIN, '<', '/dev/null'; open STDOUT, '>&', $out_w; open STDERR, '>&', $err_w;
    close $_ for $out, $err, $out_w, $err_w;
    exec '/bin/sh', '-c', $script or POSIX::_exit(127);
  }
  close $out_w; close $err_w; setpgid $pid, $pid;
  $job{$id} = { pid => $pid, ends => time + $ms / 1000, late => 0, text => ['', ''], open => 2 };
  $by_handle{fileno $out} = [$id, 0]; $by_handle{fileno $err} = [$id, 1];
  $select->add($out, $err);
}

sub end_job {
  my $id = shift; my $j = delete $job{$id};
  waitpid $j->{pid}, 0; my $exit = $? & 127 ? 128 + ($? & 127) : $? >> 8;
  put("done $id " . ($j->{late} ? 124 : $exit) . " $j->{late} " . length($j->{text}[0]) . ' ' . length($j->{text}[1]) . "\n" . $j->{text}[0] . $j->{text}[1]);
}

put("patchbay-agent 1\n");
while (1) {
  my $now = time; my $wait = 60;
  for my $j (values %job) {
    # A late script is killed with all its children; its pipes then close by themselves.
    if (!$j->{late} && $j->{ends} <= $now) { $j->{late} = 1; kill 'KILL', -$j->{pid} }
    my $left = $j->{late} ? 60 : $j->{ends} - $now; $wait = $left if $left < $wait;
  }
  for my $handle ($select->can_read($wait)) {
    my $n = sysread $handle, my $chunk, 65536;
    next if !defined $n && $!{EINTR};
    if ($handle == \*STDIN) {
      finish() unless $n;
      $input .= $chunk;
      while ($input =~ /^run (\d+) (\d+) (\d+)\n/ && length $input >= $+[0] + $3) {
        my ($id, $ms, $length, $head) = ($1, $2, $3, $+[0]);
        my $script = substr $input, $head, $length; substr $input, 0, $head + $length, '';
        begin_job($id, $ms, $script);
      }
      next;
    }
    my ($id, $which) = @{$by_handle{fileno $handle}}; my $j = $job{$id};
    if ($n) { $j->{text}[$which] .= $chunk if length $j->{text}[$which] < LIMIT; next }
    $select->remove($handle); delete $by_handle{fileno $handle}; close $handle;
    end_job($id) unless --$j->{open};
  }
}
