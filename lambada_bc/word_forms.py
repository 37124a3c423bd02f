"""Word forms that simplemma's dictionary takes for words of their own, or of another word.

Each line is a word and those of its forms.  They were found by comparing simplemma with
`lemminflect <https://github.com/bjascob/LemmInflect>`_ on the common words of WordNet; forms that
are more often a word of their own (*building*, *wedding*, *drunk*) are left as they are.
"""

from __future__ import annotations

_LINES = """
act acting
annex annexed annexes
armor armored
armour armoured
back backing
bad worse
beat beating
bend bent
break broke
breathe breathing
burn burning
buy buying
calf calves
close closing
counterfeit counterfeiting
craft crafted
curry curries
cut cutting
deposit deposited
detail detailed
determine determining
develop developed
dispel dispelled dispelling
drown drowning
end ending
endanger endangered
envy envied
exemplify exemplified exemplifies
fantasy fantasies
feed feeding
feel felt
fill filling
fish fishing
fit fitting
fix fixed fixing fixes
follow following
glaze glazing
go gone
goody goodies
grandma grandmas
granny grannies
grow growing
guard guarded guarding
half halves
handle handling
hang hanging
heal healing
heat heating
housewife housewives
hunt hunting
intern interned interning
kiwi kiwis
lay lay
lease leasing
leave left
lens lenses
live living
loaf loaves
long longed
manoeuvre manoeuvring
mechanic mechanics
midwife midwives
mix mixed mixing mixes
mule mules
nanny nannies
nestle nestling
nurse nursing
outsource outsourcing
panic panicked panicking
pierce piercing
play playing
pole poles
prefer preferred preferring
prefix prefixed prefixes
proclaim proclaiming
prove proving
put putting
recoup recouped
refinance refinancing
remain remains
restructure restructuring
sale sales
serve serving
set setting
shelf shelves
shoot shot
shy shied
sing singing
sit sitting
smoke smoking
smooth smoothed smoothing
split splitting
spring springing
swear swore swearing
swing swinging
thank thanked thanking
thief thieves
think thinking thought
trade trading
traffic trafficked trafficking
tread trod
unfold unfolded unfolding
wife wives
win won
write writing
"""

LEMMAS = {
    form: word for word, *forms in map(str.split, _LINES.strip().splitlines()) for form in forms
}
