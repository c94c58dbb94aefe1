using System.Globalization;

namespace Tradewind.Core.Tests.Market;

/// <summary>Days that differ from the regular hours, written down date by date from the venues' holiday schedules of each year, not computed.</summary>
internal static class HolidayTable
{
    /// <summary>Local closing times: Chicago for the futures, New York for shares; "closed" is no session, "-" a regular day.</summary>
    private const string Text = """
        date        equity energy fx     rates  shares
        2013-01-01  closed closed closed closed closed
        2013-01-18  -      -      -      15:15  -
        2013-01-21  10:30  12:15  12:00  12:00  closed
        2013-02-15  -      -      -      15:15  -
        2013-02-18  10:30  12:15  12:00  12:00  closed
        2013-03-29  closed closed closed closed closed
        2013-05-24  -      -      -      15:15  -
        2013-05-27  10:30  12:15  12:00  12:00  closed
        2013-07-03  12:15  -      -      -      13:00
        2013-07-04  10:30  12:15  12:00  12:00  closed
        2013-08-30  -      -      -      15:15  -
        2013-09-02  10:30  12:15  12:00  12:00  closed
        2013-11-28  10:30  12:15  12:00  12:00  closed
        2013-11-29  12:15  12:45  12:15  12:15  13:00
        2013-12-24  12:15  12:45  12:15  12:15  13:00
        2013-12-25  closed closed closed closed closed
        2014-01-01  closed closed closed closed closed
        2014-01-17  -      -      -      15:15  -
        2014-01-20  10:30  12:15  12:00  12:00  closed
        2014-02-14  -      -      -      15:15  -
        2014-02-17  10:30  12:15  12:00  12:00  closed
        2014-04-18  closed closed closed closed closed
        2014-05-23  -      -      -      15:15  -
        2014-05-26  12:00  12:00  12:00  12:00  closed
        2014-07-03  12:15  -      -      -      13:00
        2014-07-04  12:00  12:00  12:00  12:00  closed
        2014-08-29  -      -      -      15:15  -
        2014-09-01  12:00  12:00  12:00  12:00  closed
        2014-11-27  12:00  12:00  12:00  12:00  closed
        2014-11-28  12:15  12:45  12:15  12:15  13:00
        2014-12-24  12:15  12:45  12:15  12:15  13:00
        2014-12-25  closed closed closed closed closed
        2015-01-01  closed closed closed closed closed
        2015-01-16  -      -      -      15:15  -
        2015-01-19  12:00  12:00  12:00  12:00  closed
        2015-02-13  -      -      -      15:15  -
        2015-02-16  12:00  12:00  12:00  12:00  closed
        2015-04-03  08:15  closed 10:15  10:15  closed
        2015-05-22  -      -      -      15:15  -
        2015-05-25  12:00  12:00  12:00  12:00  closed
        2015-07-03  12:00  12:00  12:00  12:00  closed
        2015-09-07  12:00  12:00  12:00  12:00  closed
        2015-11-26  12:00  12:00  12:00  12:00  closed
        2015-11-27  12:15  12:45  12:15  12:15  13:00
        2015-12-24  12:15  12:45  12:15  12:15  13:00
        2015-12-25  closed closed closed closed closed
        2016-01-01  closed closed closed closed closed
        2016-01-18  12:00  12:00  12:00  12:00  closed
        2016-02-15  12:00  12:00  12:00  12:00  closed
        2016-03-25  closed closed closed closed closed
        2016-05-30  12:00  12:00  12:00  12:00  closed
        2016-07-04  12:00  12:00  12:00  12:00  closed
        2016-09-05  12:00  12:00  12:00  12:00  closed
        2016-11-24  12:00  12:00  12:00  12:00  closed
        2016-11-25  12:15  12:45  12:15  12:15  13:00
        2016-12-26  closed closed closed closed closed
        2017-01-02  closed closed closed closed closed
        2017-01-16  12:00  12:00  12:00  12:00  closed
        2017-02-20  12:00  12:00  12:00  12:00  closed
        2017-04-14  closed closed closed closed closed
        2017-05-29  12:00  12:00  12:00  12:00  closed
        2017-07-03  12:15  -      -      -      13:00
        2017-07-04  12:00  12:00  12:00  12:00  closed
        2017-09-04  12:00  12:00  12:00  12:00  closed
        2017-11-23  12:00  12:00  12:00  12:00  closed
        2017-11-24  12:15  12:45  12:15  12:15  13:00
        2017-12-25  closed closed closed closed closed
        2018-01-01  closed closed closed closed closed
        2018-01-15  12:00  12:00  12:00  12:00  closed
        2018-02-19  12:00  12:00  12:00  12:00  closed
        2018-03-30  closed closed closed closed closed
        2018-05-28  12:00  12:00  12:00  12:00  closed
        2018-07-03  12:15  -      -      -      13:00
        2018-07-04  12:00  12:00  12:00  12:00  closed
        2018-09-03  12:00  12:00  12:00  12:00  closed
        2018-11-22  12:00  12:00  12:00  12:00  closed
        2018-11-23  12:15  12:45  12:15  12:15  13:00
        2018-12-05  08:30  -      -      closed closed
        2018-12-24  12:15  12:45  12:15  12:15  13:00
        2018-12-25  closed closed closed closed closed
        2019-01-01  closed closed closed closed closed
        2019-01-21  12:00  12:00  12:00  12:00  closed
        2019-02-18  12:00  12:00  12:00  12:00  closed
        2019-04-19  closed closed closed closed closed
        2019-05-27  12:00  12:00  12:00  12:00  closed
        2019-07-03  12:15  -      -      -      13:00
        2019-07-04  12:00  12:00  12:00  12:00  closed
        2019-09-02  12:00  12:00  12:00  12:00  closed
        2019-11-28  12:00  12:00  12:00  12:00  closed
        2019-11-29  12:15  12:45  12:15  12:15  13:00
        2019-12-24  12:15  12:45  12:15  12:15  13:00
        2019-12-25  closed closed closed closed closed
        2020-01-01  closed closed closed closed closed
        2020-01-20  12:00  12:00  12:00  12:00  closed
        2020-02-17  12:00  12:00  12:00  12:00  closed
        2020-04-10  closed closed closed closed closed
        2020-05-25  12:00  12:00  12:00  12:00  closed
        2020-07-03  12:00  12:00  12:00  12:00  closed
        2020-09-07  12:00  12:00  12:00  12:00  closed
        2020-11-26  12:00  12:00  12:00  12:00  closed
        2020-11-27  12:15  12:45  12:15  12:15  13:00
        2020-12-24  12:15  12:45  12:15  12:15  13:00
        2020-12-25  closed closed closed closed closed
        2021-01-01  closed closed closed closed closed
        2021-01-18  12:00  12:00  12:00  12:00  closed
        2021-02-15  12:00  12:00  12:00  12:00  closed
        2021-04-02  08:15  closed 10:15  10:15  closed
        2021-05-31  12:00  12:00  12:00  12:00  closed
        2021-07-05  12:00  12:00  12:00  12:00  closed
        2021-09-06  12:00  12:00  12:00  12:00  closed
        2021-11-25  12:00  12:00  12:00  12:00  closed
        2021-11-26  12:15  12:45  12:15  12:15  13:00
        2021-12-24  closed closed closed closed closed
        2022-01-17  12:00  13:30  -      12:00  closed
        2022-02-21  12:00  13:30  -      12:00  closed
        2022-04-15  closed closed closed closed closed
        2022-05-30  12:00  13:30  -      12:00  closed
        2022-06-20  12:00  13:30  -      12:00  closed
        2022-07-04  12:00  13:30  -      12:00  closed
        2022-09-05  12:00  12:00  -      12:00  closed
        2022-11-24  12:00  13:30  -      12:00  closed
        2022-11-25  12:15  12:45  12:15  12:15  13:00
        2022-12-26  closed closed closed closed closed
        2023-01-02  closed closed closed closed closed
        2023-01-16  12:00  13:30  -      12:00  closed
        2023-02-20  12:00  13:30  -      12:00  closed
        2023-04-07  08:15  closed 10:15  10:15  closed
        2023-05-29  12:00  13:30  -      12:00  closed
        2023-06-19  12:00  13:30  -      12:00  closed
        2023-07-03  12:15  -      -      -      13:00
        2023-07-04  12:00  13:30  -      12:00  closed
        2023-09-04  12:00  13:30  -      12:00  closed
        2023-11-23  12:00  13:30  -      12:00  closed
        2023-11-24  12:15  12:45  12:15  12:15  13:00
        2023-12-25  closed closed closed closed closed
        2024-01-01  closed closed closed closed closed
        2024-01-15  12:00  13:30  -      12:00  closed
        2024-02-19  12:00  13:30  -      12:00  closed
        2024-03-29  closed closed closed closed closed
        2024-05-27  12:00  13:30  -      12:00  closed
        2024-06-19  12:00  13:30  -      12:00  closed
        2024-07-03  12:15  -      -      -      13:00
        2024-07-04  12:00  13:30  -      12:00  closed
        2024-09-02  12:00  13:30  -      12:00  closed
        2024-11-28  12:00  13:30  -      12:00  closed
        2024-11-29  12:15  12:45  12:15  12:15  13:00
        2024-12-24  12:15  12:45  12:15  12:15  13:00
        2024-12-25  closed closed closed closed closed
        """;

    public const int FirstYear = 2013;
    public const int LastYear = 2024;

    /// <summary>Date to local closing time, null for closed; a date that is absent is regular.</summary>
    public static Dictionary<DateOnly, TimeOnly?> Read(string column)
    {
        string[][] rows = [.. Text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        int index = Array.IndexOf(rows[0], column);
        return rows.Skip(1).Where(row => row[index] != "-").ToDictionary(
            row => DateOnly.ParseExact(row[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            row => row[index] == "closed" ? (TimeOnly?)null : TimeOnly.ParseExact(row[index], "HH:mm", CultureInfo.InvariantCulture));
    }
}
