using System.Globalization;
using Microblog.LoadTest.Worlds;

namespace Microblog.LoadTest.Measuring;

/// <summary>Reads the home timeline as the reader's client would; a lag is known to one more request.</summary>
public sealed class HttpProbe(Api api) : ITimelineProbe
{
    public TimeSpan Interval => TimeSpan.FromMilliseconds(20);

    public async Task<bool> Shows(Person reader, long postId, CancellationToken cancellationToken)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture, $"/api/v1/timelines/home?limit=1&min_id={postId - 1}");
        var answer = await api.Send(HttpMethod.Get, path, reader.Token, cancellationToken: cancellationToken);
        return answer.IsOk && answer.Ids().Contains(postId);
    }
}
