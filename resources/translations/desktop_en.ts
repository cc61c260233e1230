<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>ActionsSection</name>
        <message numerus="yes">
            <source>%n open</source>
            <translation>
                <numerusform>%n open</numerusform>
                <numerusform>%n open</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Open %n action(s)</source>
            <translation>
                <numerusform>Open %n action</numerusform>
                <numerusform>Open %n actions</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ActionsTab</name>
        <message numerus="yes">
            <source>%n action(s)</source>
            <translation>
                <numerusform>%n action</numerusform>
                <numerusform>%n actions</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AnswersTab</name>
        <message numerus="yes">
            <source>%n without an answer</source>
            <translation>
                <numerusform>%n without an answer</numerusform>
                <numerusform>%n without an answer</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ChecklistCard</name>
        <message numerus="yes">
            <source>%n item(s) for {client} in {file}.</source>
            <translation>
                <numerusform>%n item for {client} in {file}.</numerusform>
                <numerusform>%n items for {client} in {file}.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ClosingsPane</name>
        <message numerus="yes">
            <source>Close %n factory(s)</source>
            <translation>
                <numerusform>Close %n factory</numerusform>
                <numerusform>Close %n factories</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Close %n factory(s) for the lunar new year</source>
            <translation>
                <numerusform>Close %n factory for the lunar new year</numerusform>
                <numerusform>Close %n factories for the lunar new year</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Counted</name>
        <message numerus="yes">
            <source>%n announced</source>
            <translation>
                <numerusform>%n announced</numerusform>
                <numerusform>%n announced</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n announced visit(s) to change</source>
            <translation>
                <numerusform>%n announced visit to change</numerusform>
                <numerusform>%n announced visits to change</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n change(s)</source>
            <translation>
                <numerusform>%n change</numerusform>
                <numerusform>%n changes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hotel night(s) more</source>
            <translation>
                <numerusform>%n hotel night more</numerusform>
                <numerusform>%n hotel nights more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n person(s)</source>
            <translation>
                <numerusform>%n person</numerusform>
                <numerusform>%n people</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n pinned</source>
            <translation>
                <numerusform>%n pinned</numerusform>
                <numerusform>%n pinned</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Announced otherwise: %n call(s) to make</source>
            <translation>
                <numerusform>Announced otherwise: %n call to make</numerusform>
                <numerusform>Announced otherwise: %n calls to make</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Saves %n hotel night(s)</source>
            <translation>
                <numerusform>Saves %n hotel night</numerusform>
                <numerusform>Saves %n hotel nights</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Works %n day(s) less</source>
            <translation>
                <numerusform>Works %n day less</numerusform>
                <numerusform>Works %n days less</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Works %n day(s) more</source>
            <translation>
                <numerusform>Works %n day more</numerusform>
                <numerusform>Works %n days more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{code} is %n day(s) late</source>
            <translation>
                <numerusform>{code} is %n day late</numerusform>
                <numerusform>{code} is %n days late</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CountryPane</name>
        <message numerus="yes">
            <source>%n day(s) are provisional.</source>
            <translation>
                <numerusform>%n day is provisional.</numerusform>
                <numerusform>%n days are provisional.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CrashDialog</name>
        <message numerus="yes">
            <source>%n fault(s) so far. The log has them all.</source>
            <translation>
                <numerusform>%n fault so far. The log has them all.</numerusform>
                <numerusform>%n faults so far. The log has them all.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DispatchPage</name>
        <message numerus="yes">
            <source>%n message(s) did not go out; the rows say why.</source>
            <translation>
                <numerusform>%n message did not go out; the rows say why.</numerusform>
                <numerusform>%n messages did not go out; the rows say why.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) went out.</source>
            <translation>
                <numerusform>%n message went out.</numerusform>
                <numerusform>%n messages went out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DisruptionSheet</name>
        <message numerus="yes">
            <source>It hits %n announced visit(s):</source>
            <translation>
                <numerusform>It hits %n announced visit:</numerusform>
                <numerusform>It hits %n announced visits:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DuproCard</name>
        <message numerus="yes">
            <source>%n point(s)</source>
            <translation>
                <numerusform>%n point</numerusform>
                <numerusform>%n points</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FilesSection</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Attach %n file(s) to {code}</source>
            <translation>
                <numerusform>Attach %n file to {code}</numerusform>
                <numerusform>Attach %n files to {code}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FilterBar</name>
        <message numerus="yes">
            <source>%n absent today</source>
            <translation>
                <numerusform>%n absent today</numerusform>
                <numerusform>%n absent today</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n end within 30 days</source>
            <translation>
                <numerusform>%n ends within 30 days</numerusform>
                <numerusform>%n end within 30 days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n ended</source>
            <translation>
                <numerusform>%n ended</numerusform>
                <numerusform>%n ended</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n people</source>
            <translation>
                <numerusform>%n person</numerusform>
                <numerusform>%n people</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FilterSheet</name>
        <message numerus="yes">
            <source>%n value(s) kept</source>
            <translation>
                <numerusform>%n value kept</numerusform>
                <numerusform>%n values kept</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>HistoryDialog</name>
        <message numerus="yes">
            <source>%n more row(s)</source>
            <translation>
                <numerusform>%n more row</numerusform>
                <numerusform>%n more rows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ImportCheckStep</name>
        <message numerus="yes">
            <source>%n as they were</source>
            <translation>
                <numerusform>%n as it was</numerusform>
                <numerusform>%n as they were</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n changed</source>
            <translation>
                <numerusform>%n changed</numerusform>
                <numerusform>%n changed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more remark(s)</source>
            <translation>
                <numerusform>%n more remark</numerusform>
                <numerusform>%n more remarks</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n name(s) to look at</source>
            <translation>
                <numerusform>%n name to look at</numerusform>
                <numerusform>%n names to look at</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n new</source>
            <translation>
                <numerusform>%n new</numerusform>
                <numerusform>%n new</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n with faults</source>
            <translation>
                <numerusform>%n with faults</numerusform>
                <numerusform>%n with faults</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ImportFoot</name>
        <message numerus="yes">
            <source>Import %n row(s)</source>
            <translation>
                <numerusform>Import %n row</numerusform>
                <numerusform>Import %n rows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ImportProgress</name>
        <message numerus="yes">
            <source>%n row(s)</source>
            <translation>
                <numerusform>%n row</numerusform>
                <numerusform>%n rows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ListArea</name>
        <message numerus="yes">
            <source>%n more below</source>
            <translation>
                <numerusform>%n more below</numerusform>
                <numerusform>%n more below</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Inbox is empty. %n request(s) are ready to plan.</source>
            <translation>
                <numerusform>Inbox is empty. %n request is ready to plan.</numerusform>
                <numerusform>Inbox is empty. %n requests are ready to plan.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Nothing is planned yet. %n request(s) are ready to plan.</source>
            <translation>
                <numerusform>Nothing is planned yet. %n request is ready to plan.</numerusform>
                <numerusform>Nothing is planned yet. %n requests are ready to plan.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ManyPanel</name>
        <message numerus="yes">
            <source>%n people selected</source>
            <translation>
                <numerusform>%n person selected</numerusform>
                <numerusform>%n people selected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Activate %n</source>
            <translation>
                <numerusform>Activate %n</numerusform>
                <numerusform>Activate %n</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Deactivate %n</source>
            <translation>
                <numerusform>Deactivate %n</numerusform>
                <numerusform>Deactivate %n</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Set team of %n</source>
            <translation>
                <numerusform>Set team of %n</numerusform>
                <numerusform>Set team of %n</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PairPanel</name>
        <message numerus="yes">
            <source>%n record(s)</source>
            <translation>
                <numerusform>%n record</numerusform>
                <numerusform>%n records</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PapersTab</name>
        <message numerus="yes">
            <source>%n item(s)</source>
            <translation>
                <numerusform>%n item</numerusform>
                <numerusform>%n items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n revision(s)</source>
            <translation>
                <numerusform>%n revision</numerusform>
                <numerusform>%n revisions</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PeopleView</name>
        <message numerus="yes">
            <source>%n day(s) late</source>
            <translation>
                <numerusform>%n day late</numerusform>
                <numerusform>%n days late</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PersonPanel</name>
        <message numerus="yes">
            <source>%n change(s) not saved</source>
            <translation>
                <numerusform>%n change not saved</numerusform>
                <numerusform>%n changes not saved</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PlacePanel</name>
        <message numerus="yes">
            <source>%n record(s)</source>
            <translation>
                <numerusform>%n record</numerusform>
                <numerusform>%n records</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PlanDeeds</name>
        <message numerus="yes">
            <source>%n announced visit(s) are withdrawn.</source>
            <translation>
                <numerusform>%n announced visit is withdrawn.</numerusform>
                <numerusform>%n announced visits are withdrawn.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n differ from what was announced: call the factories.</source>
            <translation>
                <numerusform>%n differs from what was announced: call the factories.</numerusform>
                <numerusform>%n differ from what was announced: call the factories.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n stay as announced.</source>
            <translation>
                <numerusform>%n stays as announced.</numerusform>
                <numerusform>%n stay as announced.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n visit(s) are announced for the first time.</source>
            <translation>
                <numerusform>%n visit is announced for the first time.</numerusform>
                <numerusform>%n visits are announced for the first time.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Publish %n change(s)</source>
            <translation>
                <numerusform>Publish %n change</numerusform>
                <numerusform>Publish %n changes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Publish %n visit(s)</source>
            <translation>
                <numerusform>Publish %n visit</numerusform>
                <numerusform>Publish %n visits</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PlanRequestsModel</name>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PlansPage</name>
        <message numerus="yes">
            <source>%n person(s)</source>
            <translation>
                <numerusform>%n person</numerusform>
                <numerusform>%n people</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s)</source>
            <translation>
                <numerusform>%n request</numerusform>
                <numerusform>%n requests</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProductionTab</name>
        <message numerus="yes">
            <source>Line: expected. Band: 8 of 10 cases, from %n other order(s) at this factory.</source>
            <translation>
                <numerusform>Line: expected. Band: 8 of 10 cases, from %n other order at this factory.</numerusform>
                <numerusform>Line: expected. Band: 8 of 10 cases, from %n other orders at this factory.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Split into %n week(s)</source>
            <translation>
                <numerusform>Split into %n week</numerusform>
                <numerusform>Split into %n weeks</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProposalFoot</name>
        <message numerus="yes">
            <source>%n change(s) since {time}, none of which concerns this plan.</source>
            <translation>
                <numerusform>%n change since {time}, none of which concerns this plan.</numerusform>
                <numerusform>%n changes since {time}, none of which concerns this plan.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s) came since and would be left out.</source>
            <translation>
                <numerusform>%n request came since and would be left out.</numerusform>
                <numerusform>%n requests came since and would be left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n visit(s) hit would have nobody</source>
            <translation>
                <numerusform>%n visit hit would have nobody</numerusform>
                <numerusform>%n visits hit would have nobody</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply %n</source>
            <translation>
                <numerusform>Apply %n</numerusform>
                <numerusform>Apply %n</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply %n anyway</source>
            <translation>
                <numerusform>Apply %n anyway</numerusform>
                <numerusform>Apply %n anyway</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It cannot be kept, for by now it breaks %n rule(s):</source>
            <translation>
                <numerusform>It cannot be kept, for by now it breaks %n rule:</numerusform>
                <numerusform>It cannot be kept, for by now it breaks %n rules:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Take %n out</source>
            <translation>
                <numerusform>Take %n out</numerusform>
                <numerusform>Take %n out</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PublishSheet</name>
        <message numerus="yes">
            <source>%n for the first time</source>
            <translation>
                <numerusform>%n for the first time</numerusform>
                <numerusform>%n for the first time</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n otherwise than before</source>
            <translation>
                <numerusform>%n otherwise than before</numerusform>
                <numerusform>%n otherwise than before</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n visit(s)</source>
            <translation>
                <numerusform>%n visit</numerusform>
                <numerusform>%n visits</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n withdrawn</source>
            <translation>
                <numerusform>%n withdrawn</numerusform>
                <numerusform>%n withdrawn</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Publish %n visit(s)</source>
            <translation>
                <numerusform>Publish %n visit</numerusform>
                <numerusform>Publish %n visits</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RecordHistoryModel</name>
        <message numerus="yes">
            <source>and %n more record(s)</source>
            <translation>
                <numerusform>and %n more record</numerusform>
                <numerusform>and %n more records</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Releasing</name>
        <message numerus="yes">
            <source>%n request(s) are not complete</source>
            <translation>
                <numerusform>%n request is not complete</numerusform>
                <numerusform>%n requests are not complete</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Only the %n complete</source>
            <translation>
                <numerusform>Only the %n complete</numerusform>
                <numerusform>Only the %n complete</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Release %n request(s)</source>
            <translation>
                <numerusform>Release %n request</numerusform>
                <numerusform>Release %n requests</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RepairSheet</name>
        <message numerus="yes">
            <source>%n announced visit(s) cannot be as announced:</source>
            <translation>
                <numerusform>%n announced visit cannot be as announced:</numerusform>
                <numerusform>%n announced visits cannot be as announced:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n second</numerusform>
                <numerusform>%n seconds</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RequestDoing</name>
        <message numerus="yes">
            <source>Cancel %n request(s)</source>
            <translation>
                <numerusform>Cancel %n request</numerusform>
                <numerusform>Cancel %n requests</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Release %n request(s) to planning</source>
            <translation>
                <numerusform>Release %n request to planning</numerusform>
                <numerusform>Release %n requests to planning</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RequestEditor</name>
        <message numerus="yes">
            <source>%n field(s) to mend</source>
            <translation>
                <numerusform>%n field to mend</numerusform>
                <numerusform>%n fields to mend</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n request(s)</source>
            <translation>
                <numerusform>%n request</numerusform>
                <numerusform>%n requests</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Set for %n request(s)</source>
            <translation>
                <numerusform>Set for %n request</numerusform>
                <numerusform>Set for %n requests</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RequestSaving</name>
        <message numerus="yes">
            <source>Edit %n request(s)</source>
            <translation>
                <numerusform>Edit %n request</numerusform>
                <numerusform>Edit %n requests</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RequestsPage</name>
        <message numerus="yes">
            <source>%n request(s), {man_days} man-days, {price}</source>
            <translation>
                <numerusform>%n request, {man_days} man-days, {price}</numerusform>
                <numerusform>%n requests, {man_days} man-days, {price}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ResultSection</name>
        <message numerus="yes">
            <source>Lot of %n piece(s)</source>
            <translation>
                <numerusform>Lot of %n piece</numerusform>
                <numerusform>Lot of %n pieces</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RosterExport</name>
        <message numerus="yes">
            <source>Wrote %n people to {path}</source>
            <translation>
                <numerusform>Wrote %n person to {path}</numerusform>
                <numerusform>Wrote %n people to {path}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RosterPage</name>
        <message numerus="yes">
            <source>Change %n inspectors</source>
            <translation>
                <numerusform>Change %n inspector</numerusform>
                <numerusform>Change %n inspectors</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SummaryStrip</name>
        <message numerus="yes">
            <source>%n clock(s) stopped</source>
            <translation>
                <numerusform>%n clock stopped</numerusform>
                <numerusform>%n clocks stopped</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n in time</source>
            <translation>
                <numerusform>%n in time</numerusform>
                <numerusform>%n in time</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n under 24 h</source>
            <translation>
                <numerusform>%n under 24 h</numerusform>
                <numerusform>%n under 24 h</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n under 48 h</source>
            <translation>
                <numerusform>%n under 48 h</numerusform>
                <numerusform>%n under 48 h</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TableCard</name>
        <message numerus="yes">
            <source>%n row(s) copied.</source>
            <translation>
                <numerusform>%n row copied.</numerusform>
                <numerusform>%n rows copied.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TodayPage</name>
        <message numerus="yes">
            <source>%n tomorrow.</source>
            <translation>
                <numerusform>%n tomorrow.</numerusform>
                <numerusform>%n tomorrow.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n visit(s) start today,</source>
            <translation>
                <numerusform>%n visit start today,</numerusform>
                <numerusform>%n visits start today,</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UrgentFields</name>
        <message numerus="yes">
            <source>%n visit(s) known</source>
            <translation>
                <numerusform>%n visit known</numerusform>
                <numerusform>%n visits known</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>VisitsTab</name>
        <message numerus="yes">
            <source>%n visit(s)</source>
            <translation>
                <numerusform>%n visit</numerusform>
                <numerusform>%n visits</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Ways</name>
        <message numerus="yes">
            <source>%n have no e-mail address. Copy the text for them, or write files.</source>
            <translation>
                <numerusform>%n have no e-mail address. Copy the text for them, or write files.</numerusform>
                <numerusform>%n have no e-mail address. Copy the text for them, or write files.</numerusform>
            </translation>
        </message>
    </context>
</TS>
