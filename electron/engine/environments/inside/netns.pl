# Named network namespaces of one node (`ip netns`). Arguments: pid of the node's first process, then
#   list                namespaces\n, then INODE HEX(NAME)\n for each
#   run NAME COMMAND    a command of ours in one of them; `no such namespace` on stderr and 4 when there is none
# The names are looked up in the node's own root, where a link cannot lead out of it; the command is ours again.
use strict; use warnings;
use Fcntl;
use constant { NS_GET_NSTYPE => 0xb703, CLONE_NEWNET => 0x40000000 };
# What is opened here is passed on to the command.
BEGIN { $^F = 255 }
my ($pid, $what, $name, @command) = @ARGV;
opendir my $home, '/' or die "/: $!\n";
chdir "/proc/$pid/root" or exit 3;
chroot '.' or die "chroot: $!\n";
# Whatever else lies in that folder is no namespace: `ip netns` makes an empty file first, and leaves it when it fails.
sub namespace {
  my $at = "/run/netns/$_[0]";
  sysopen my $in, $at, O_RDONLY | O_NONBLOCK or return;
  my $type = ioctl $in, NS_GET_NSTYPE, 0;
  return $type && $type == CLONE_NEWNET ? $in : undef;
}
if ($what eq 'list') {
  print "namespaces\n";
  opendir my $folder, '/run/netns' or ($!{ENOENT} || $!{ENOTDIR} ? exit 0 : die "/run/netns: $!\n");
  for my $each (sort grep { $_ ne '.' && $_ ne '..' } readdir $folder) {
    my $in = namespace($each) or next;
    print +(stat $in)[1], ' ', unpack('H*', $each), "\n";
  }
  exit 0;
}
my $in = namespace($name);
if (!$in) { print STDERR "no such namespace\n"; exit 4 }
chdir $home or die "/: $!\n";
chroot '.' or die "chroot: $!\n";
exec 'nsenter', '--net=/proc/self/fd/' . fileno $in, '--', @command or die "nsenter: $!\n";
