# Of what tcpdump prints, one line for each kind of packet: the port of whoever began, numbers and lengths are left out.
#   packet INTERFACE in|out SOURCE DESTINATION[.PORT] icmp|tcp|udp request|reply|-
# Before that whatever it says of itself, and LISTENING (our argument) once it listens.
use strict; use warnings; $| = 1;
use constant MOST => 4000;
my ($said, $listens, %seen) = (shift @ARGV, 0);
while (<STDIN>) {
  if (/^(\S+)\s+(\S+)\s+IP6? (\S+) > (\S+?): (?:ICMP6?,? echo (request|reply)|(tcp|UDP)\b)/) {
    my ($name, $way, $from, $to, $echo, $protocol) = ($1, $2 eq 'Out' ? 'out' : 'in', $3, $4, $5 // '-', lc($6 // 'icmp'));
    $from =~ s/\.\d+$// if $protocol ne 'icmp';
    my $packet = "packet $name $way $from $to $protocol $echo\n";
    %seen = () if keys %seen > MOST;
    print $packet unless $seen{$packet}++;
  } elsif (!$listens) {
    print;
    print "$said\n" if $listens = /\blistening on any\b/;
  }
}
