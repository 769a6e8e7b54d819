# Every process of one node, its pods' included. Argument: pid of the node's first process.
#   OUTER_PID PID POD HEX(COMM) HEX(COMMAND LINE)      POD is - outside pods
# Ours are those in the node's pid namespace, and the children of ours: pods have pid namespaces of their own, below it.
use strict; use warnings;
my $init = shift;
my $space = readlink "/proc/$init/ns/pid" or exit 3;
sub text { my $path = shift; open my $in, '<', $path or return ''; local $/; my $all = <$in>; defined $all ? $all : '' }
opendir my $proc, '/proc' or die "/proc: $!";
my (%parent, %ids, %ours);
for my $pid (grep { /^\d+$/ } readdir $proc) {
  my $status = text("/proc/$pid/status");
  next unless $status =~ /^PPid:\s*(\d+)/m;
  $parent{$pid} = $1;
  $ids{$pid} = [ split ' ', $1 ] if $status =~ /^NSpid:\s*(.*)$/m;
  $ours{$pid} = 1 if (readlink "/proc/$pid/ns/pid" or '') eq $space;
}
sub is_ours { my $pid = shift; $ours{$pid} //= defined $parent{$pid} ? is_ours($parent{$pid}) : 0 }
# The namespaces that a process is in, from ours outwards; the node's is as deep as its first process.
my $depth = @{ $ids{$init} || [] } - 1;
for my $pid (sort { $a <=> $b } keys %parent) {
  next unless is_ours($pid);
  my $pod = text("/proc/$pid/cgroup") =~ m{[/-]pod([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{32})(?:[/.]|$)}m ? $1 : '-';
  $pod =~ tr/_/-/;
  my $comm = text("/proc/$pid/comm"); chomp $comm;
  print join(' ', $pid, $ids{$pid}[$depth] // 0, $pod, unpack('H*', $comm) || '-', unpack('H*', text("/proc/$pid/cmdline")) || '-'), "\n";
}
