# A file or a folder of one node. Arguments: pid of the node's first process, `read` or `list`, path, most bytes.
#   read    file HEX\n | large BYTES\n | none\n
#   list    folder\n, then KIND SIZE HEX(NAME)\n for each | none\n
# Links are followed here, each within the node's root: the kernel would take an absolute one from our own.
use strict; use warnings;
my ($pid, $what, $path, $limit) = @ARGV;
my $root = "/proc/$pid/root";
exit 3 unless -d "$root/.";
my ($links, @done) = (0);
my @rest = split m{/+}, $path;
while (defined(my $part = shift @rest)) {
  next if $part eq '' || $part eq '.';
  if ($part eq '..') { pop @done; next }
  my $at = join '/', $root, @done, $part;
  if (-l $at) {
    last if ++$links > 40;
    my $to = readlink $at;
    @done = () if $to =~ m{^/};
    unshift @rest, split m{/+}, $to;
  } else { push @done, $part }
}
my $at = join '/', $root, @done;
sub none { print "none\n"; exit 0 }
none() if $links > 40;
if ($what eq 'list') {
  opendir my $folder, $at or ($!{ENOENT} || $!{ENOTDIR} ? none() : die "$path: $!\n");
  print "folder\n";
  for my $name (sort grep { $_ ne '.' && $_ ne '..' } readdir $folder) {
    my @stat = lstat "$at/$name" or next;
    my $kind = -l _ ? 'link' : -f _ ? 'file' : -d _ ? 'folder' : 'other';
    print "$kind $stat[7] ", unpack('H*', $name), "\n";
  }
} else {
  none() unless -f $at;
  open my $in, '<:raw', $at or ($!{ENOENT} ? none() : die "$path: $!\n");
  my $bytes = '';
  while (read $in, my $chunk, 65536) { $bytes .= $chunk; if (length $bytes > $limit) { my $size = -s $in; print "large ", $size > $limit ? $size : length $bytes, "\n"; exit 0 } }
  print 'file ', unpack('H*', $bytes), "\n";
}
