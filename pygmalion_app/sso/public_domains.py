"""Mail domains where anybody can have an address: no organisation answers for them."""

from typing import Final

PUBLIC_DOMAINS: Final = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr hotmail.co.uk hotmail.de hotmail.es
    hotmail.it live.com live.fr live.be live.co.uk live.nl msn.com passport.com windowslive.com yahoo.com yahoo.fr
    yahoo.co.uk yahoo.de yahoo.es yahoo.it ymail.com rocketmail.com aol.com aol.fr aim.com icloud.com me.com mac.com
    proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.com tuta.io tutamail.com keemail.me
    gmx.com gmx.fr gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org mail.com email.com
    usa.com fastmail.com fastmail.fm hushmail.com zoho.com zohomail.com zohomail.eu yandex.com yandex.ru mail.ru bk.ru
    inbox.ru list.ru rambler.ru orange.fr wanadoo.fr free.fr aliceadsl.fr libertysurf.fr online.fr sfr.fr neuf.fr
    club-internet.fr cegetel.net numericable.fr noos.fr 9online.fr bbox.fr laposte.net voila.fr caramail.com caramail.fr
    lilo.org mailo.com netcourrier.com net-c.com ik.me bluewin.ch skynet.be telenet.be proximus.be voo.be scarlet.be
    libero.it virgilio.it alice.it tin.it tiscali.it telefonica.net terra.es btinternet.com sky.com talktalk.net
    virginmedia.com blueyonder.co.uk ntlworld.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net
    charter.net earthlink.net juno.com qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net rediffmail.com
    seznam.cz wp.pl o2.pl onet.pl interia.pl sapo.pt ziggo.nl kpnmail.nl xs4all.nl hey.com duck.com relay.firefox.com
    privaterelay.appleid.com mailinator.com guerrillamail.com 10minutemail.com temp-mail.org yopmail.com yopmail.fr
    trashmail.com sharklasers.com dispostable.com maildrop.cc
    """.split()  # noqa: SIM905 - hundreds of quotes would hide the names
)
