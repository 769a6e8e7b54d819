# Ends well as soon as the name server ADDRESS gives an address for NAME: awaitDns.pl ADDRESS NAME. The caller's deadline ends it otherwise.
use strict; use warnings; use Socket; use IO::Select; use Time::HiRes 'sleep';
my ($address, $name) = @ARGV;
my $to = sockaddr_in(53, inet_aton($address));
# RFC 1035, section 4: header, one question of type A and class IN.
my $question = pack('n6', 1, 0x0100, 1, 0, 0, 0) . join('', map { pack('C/a', $_) } split /\./, $name) . pack('Cnn', 0, 1, 1);
while (1) {
  # A new socket and so a new port each time: the connection table remembers where the first packet of one went.
  socket my $socket, PF_INET, SOCK_DGRAM, 0 or die "socket: $!";
  if (connect($socket, $to) && send($socket, $question, 0) && IO::Select->new($socket)->can_read(0.25)
      && defined recv($socket, my $answer, 512, 0)) {
    my (undef, $flags, undef, $count) = unpack 'n4', $answer;
    exit 0 if ($flags & 15) == 0 && $count > 0;
  }
  sleep 0.05;
}
